package com.sap.it.api.securestore.exception

import groovy.transform.CompileStatic

@CompileStatic
class SecureStoreException extends Exception {
    SecureStoreException(String message) {
        super(message)
    }
}
