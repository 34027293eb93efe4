package org.apache.camel.component.ahc

import groovy.transform.CompileStatic
import org.apache.camel.CamelException

@CompileStatic
class AhcOperationFailedException extends CamelException {
    AhcOperationFailedException(String message) {
        super(message)
    }

    int getStatusCode() {
        ((Number) reported('statusCode')).intValue()
    }

    String getStatusText() {
        (String) reported('statusText')
    }

    String getResponseBody() {
        (String) reported('responseBody')
    }

    Map<String, Object> getResponseHeaders() {
        (Map<String, Object>) reported('responseHeaders')
    }

    String getUri() {
        (String) reported('uri')
    }

    String getRedirectLocation() {
        (String) reported('redirectLocation')
    }

    boolean isRedirectError() {
        statusCode >= 300 && statusCode < 400
    }
}
