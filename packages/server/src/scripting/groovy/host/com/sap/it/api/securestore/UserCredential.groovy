package com.sap.it.api.securestore

interface UserCredential {
    String getUsername()

    char[] getPassword()

    Map<String, String> getCredentialProperties()
}
