package com.sap.it.api.keystore.exception

import groovy.transform.CompileStatic

@CompileStatic
class KeystoreException extends Exception {
    KeystoreException(String message) {
        super(message)
    }

    KeystoreException(String message, Throwable cause) {
        super(message, cause)
    }
}
