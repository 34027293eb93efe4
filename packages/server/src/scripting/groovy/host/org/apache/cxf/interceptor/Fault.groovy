package org.apache.cxf.interceptor

/** What SOAP receivers throw in the original. */
class Fault extends RuntimeException {
    int statusCode

    Fault(String message) {
        super(message)
    }
}
