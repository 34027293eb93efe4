package com.sap.it.api.securestore

interface AccessTokenAndUser {
    String getAccessToken()

    String getUser()
}
