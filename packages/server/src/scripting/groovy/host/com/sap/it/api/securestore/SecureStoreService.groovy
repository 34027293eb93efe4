package com.sap.it.api.securestore

import com.sap.it.api.ITApi
import com.sap.it.api.securestore.exception.SecureStoreException

interface SecureStoreService extends ITApi {
    UserCredential getUserCredential(String alias) throws SecureStoreException

    AccessTokenAndUser getAccesTokenForOauth2ClientCredential(String alias) throws SecureStoreException
}
