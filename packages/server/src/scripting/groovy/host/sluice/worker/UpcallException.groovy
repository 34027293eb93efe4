package sluice.worker

import groovy.transform.CompileStatic

/** What the server says is wrong with an upcall. */
@CompileStatic
class UpcallException extends RuntimeException {
    UpcallException(String message) {
        super(message)
    }
}
