package sluice.script

import com.sap.it.api.keystore.KeystoreService
import com.sap.it.api.keystore.exception.KeystoreException
import groovy.transform.CompileStatic
import sluice.worker.UpcallException
import sluice.worker.Worker

import javax.net.ssl.KeyManager
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.TrustManager
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager
import java.security.GeneralSecurityException
import java.security.Key
import java.security.KeyFactory
import java.security.KeyPair
import java.security.KeyStore
import java.security.PrivateKey
import java.security.cert.Certificate
import java.security.cert.CertificateFactory
import java.security.spec.PKCS8EncodedKeySpec

/** Private keys come from the server when a script asks for one, and are not kept. */
@CompileStatic
final class Keystore implements KeystoreService {

    @Override
    Key getKey(String alias) throws KeystoreException {
        identity(alias).key
    }

    @Override
    KeyPair getKeyPair(String alias) throws KeystoreException {
        Identity found = identity(alias)
        new KeyPair(found.chain[0].publicKey, found.key)
    }

    @Override
    Certificate getCertificate(String alias) throws KeystoreException {
        getCertificateChain(alias)[0]
    }

    @Override
    Certificate[] getCertificateChain(String alias) throws KeystoreException {
        certificates((List<byte[]>) ask('keystore.certificates', alias))
    }

    @Override
    Set<String> getAliases() throws KeystoreException {
        new LinkedHashSet<String>((List<String>) ask('keystore.aliases'))
    }

    @Override
    KeyManager getKeyManager() throws KeystoreException {
        getKeyManagers()[0]
    }

    @Override
    KeyManager getKeyManager(String alias) throws KeystoreException {
        getKeyManagers(alias)[0]
    }

    @Override
    KeyManager[] getKeyManagers() throws KeystoreException {
        List<Identity> usable = []
        for (String alias : (List<String>) ask('keystore.keyPairs')) {
            Identity found = orNull { identity(alias) }
            if (found != null) usable.add(found)
        }
        keyManagers(usable)
    }

    @Override
    KeyManager[] getKeyManagers(String alias) throws KeystoreException {
        keyManagers([identity(alias)])
    }

    @Override
    TrustManager getTrustManager() throws KeystoreException {
        getTrustManagers()[0]
    }

    /** The keystore's entries and Java's own authorities, as connections of channels trust them. */
    @Override
    TrustManager[] getTrustManagers() throws KeystoreException {
        checked {
            KeyStore trusted = empty()
            int count = 0
            for (String alias : getAliases()) {
                Certificate found = orNull { getCertificate(alias) }
                if (found != null) trusted.setCertificateEntry("entry ${count++}".toString(), found)
            }
            for (TrustManager manager : trustManagers(null)) {
                if (!(manager instanceof X509TrustManager)) continue
                for (Certificate authority : ((X509TrustManager) manager).acceptedIssuers) trusted.setCertificateEntry("authority ${count++}".toString(), authority)
            }
            trustManagers(trusted)
        }
    }

    private static TrustManager[] trustManagers(KeyStore trusted) {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.defaultAlgorithm)
        factory.init(trusted)
        factory.trustManagers
    }

    private static KeyManager[] keyManagers(List<Identity> identities) {
        checked {
            KeyStore keys = empty()
            char[] none = new char[0]
            for (Identity found : identities) keys.setKeyEntry(found.alias, found.key, none, found.chain)
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.defaultAlgorithm)
            factory.init(keys, none)
            factory.keyManagers
        }
    }

    private static KeyStore empty() {
        KeyStore made = KeyStore.getInstance('PKCS12')
        made.load(null, null)
        made
    }

    private static Identity identity(String alias) {
        List<Object> parts = (List<Object>) ask('keystore.keyPair', alias)
        checked {
            Certificate[] chain = certificates((List<byte[]>) parts.get(1))
            KeyFactory factory = KeyFactory.getInstance(chain[0].publicKey.algorithm)
            new Identity(alias, factory.generatePrivate(new PKCS8EncodedKeySpec((byte[]) parts.get(0))), chain)
        }
    }

    private static Certificate[] certificates(List<byte[]> encoded) {
        checked {
            CertificateFactory factory = CertificateFactory.getInstance('X.509')
            Certificate[] found = new Certificate[encoded.size()]
            for (int i = 0; i < found.length; i++) found[i] = factory.generateCertificate(new ByteArrayInputStream(encoded.get(i)))
            found
        }
    }

    private static <T> T checked(Closure<T> work) throws KeystoreException {
        try {
            return work.call()
        } catch (GeneralSecurityException problem) {
            throw new KeystoreException("Expected key material that Java can use, found: ${problem.message}".toString(), problem)
        }
    }

    /** Where all entries are meant, those on curves that Java does not know are left out. */
    private static <T> T orNull(Closure<T> work) {
        try {
            return work.call()
        } catch (KeystoreException ignored) {
            return null
        }
    }

    private static Object ask(String service, String... arguments) throws KeystoreException {
        try {
            return Worker.channel().upcall(service, Arrays.asList(arguments))
        } catch (UpcallException problem) {
            throw new KeystoreException(problem.message)
        }
    }

    @CompileStatic
    private static final class Identity {
        final String alias
        final PrivateKey key
        final Certificate[] chain

        Identity(String alias, PrivateKey key, Certificate[] chain) {
            this.alias = alias
            this.key = key
            this.chain = chain
        }
    }
}
