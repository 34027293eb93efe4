package org.slf4j

import groovy.transform.CompileStatic
import sluice.script.PrintingLogger

@CompileStatic
final class LoggerFactory {

    static Logger getLogger(String name) {
        new PrintingLogger(name)
    }

    static Logger getLogger(Class<?> type) {
        new PrintingLogger(type.name)
    }
}
