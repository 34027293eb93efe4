package org.apache.cxf.transport.http

class HTTPException extends IOException {
    int responseCode
    String responseMessage
    URL url

    HTTPException(String message) {
        super(message)
    }
}
