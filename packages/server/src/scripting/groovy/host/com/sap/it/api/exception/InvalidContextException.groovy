package com.sap.it.api.exception

import groovy.transform.CompileStatic

@CompileStatic
class InvalidContextException extends Exception {
    InvalidContextException(String message) {
        super(message)
    }
}
