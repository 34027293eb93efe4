package sluice.script

import com.sap.it.api.securestore.AccessTokenAndUser
import com.sap.it.api.securestore.SecureStoreService
import com.sap.it.api.securestore.UserCredential
import com.sap.it.api.securestore.exception.SecureStoreException
import groovy.transform.CompileStatic
import sluice.worker.UpcallException
import sluice.worker.Worker

@CompileStatic
final class SecureStore implements SecureStoreService {

    @Override
    UserCredential getUserCredential(String alias) throws SecureStoreException {
        new Credential((Map<String, Object>) ask('credential.find', alias))
    }

    @Override
    AccessTokenAndUser getAccesTokenForOauth2ClientCredential(String alias) throws SecureStoreException {
        new Token((String) ask('credential.accessToken', alias))
    }

    private static Object ask(String service, String alias) {
        try {
            return Worker.channel().upcall(service, [alias])
        } catch (UpcallException problem) {
            throw new SecureStoreException(problem.message)
        }
    }

    @CompileStatic
    private static final class Credential implements UserCredential {
        private final Map<String, Object> parts

        Credential(Map<String, Object> parts) {
            this.parts = parts
        }

        @Override
        String getUsername() {
            (String) parts.get('user')
        }

        @Override
        char[] getPassword() {
            ((String) parts.get('password')).toCharArray()
        }

        @Override
        Map<String, String> getCredentialProperties() {
            (Map<String, String>) parts.get('properties')
        }
    }

    @CompileStatic
    private static final class Token implements AccessTokenAndUser {
        final String accessToken
        final String user = ''

        Token(String accessToken) {
            this.accessToken = accessToken
        }
    }
}
