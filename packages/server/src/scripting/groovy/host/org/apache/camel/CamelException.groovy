package org.apache.camel

import groovy.transform.CompileStatic
import sluice.script.ReportedException

@CompileStatic
class CamelException extends ReportedException {
    CamelException(String message) {
        super(message)
    }
}
