package com.sap.it.api.asdk.runtime

import groovy.transform.CompileStatic
import sluice.script.Services

@CompileStatic
class Factory<T> {
    private final Class<T> type

    Factory(Class<T> type) {
        this.type = type
    }

    /** Null where there is no such service, as in the original. */
    T getService() {
        (T) Services.find(type)
    }
}
