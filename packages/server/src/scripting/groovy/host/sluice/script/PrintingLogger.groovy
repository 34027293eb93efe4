package sluice.script

import groovy.transform.CompileStatic
import org.slf4j.Logger

/** Logs to where scripts print. */
@CompileStatic
final class PrintingLogger implements Logger {
    final String name
    final boolean traceEnabled = false
    final boolean debugEnabled = false
    final boolean infoEnabled = true
    final boolean warnEnabled = true
    final boolean errorEnabled = true

    PrintingLogger(String name) {
        this.name = name
    }

    void trace(String text) {
    }

    void trace(String text, Object argument) {
    }

    void debug(String text) {
    }

    void debug(String text, Object argument) {
    }

    void info(String text) {
        print('INFO', text)
    }

    void info(String text, Object argument) {
        info(filled(text, argument))
    }

    void info(String text, Throwable thrown) {
        info("${text}: ${thrown}")
    }

    void warn(String text) {
        print('WARN', text)
    }

    void warn(String text, Object argument) {
        warn(filled(text, argument))
    }

    void warn(String text, Throwable thrown) {
        warn("${text}: ${thrown}")
    }

    void error(String text) {
        print('ERROR', text)
    }

    void error(String text, Object argument) {
        error(filled(text, argument))
    }

    void error(String text, Throwable thrown) {
        error("${text}: ${thrown}")
    }

    private void print(String level, String text) {
        System.err.println("${level} ${name}: ${text}")
    }

    private static String filled(String text, Object argument) {
        text.replaceFirst(/\{\}/, java.util.regex.Matcher.quoteReplacement(String.valueOf(argument)))
    }
}
