package com.sap.it.api

import groovy.transform.CompileStatic
import sluice.script.Services

@CompileStatic
final class ITApiFactory {

    /** Null where there is no such service, as in the original. */
    static <T> T getApi(Class<T> type, Object context) {
        (T) Services.find(type)
    }

    static <T> T getService(Class<T> type, Object context) {
        (T) Services.find(type)
    }
}
