package org.slf4j

interface Logger {
    String getName()

    void trace(String text)

    void trace(String text, Object argument)

    void debug(String text)

    void debug(String text, Object argument)

    void info(String text)

    void info(String text, Object argument)

    void info(String text, Throwable thrown)

    void warn(String text)

    void warn(String text, Object argument)

    void warn(String text, Throwable thrown)

    void error(String text)

    void error(String text, Object argument)

    void error(String text, Throwable thrown)

    boolean isTraceEnabled()

    boolean isDebugEnabled()

    boolean isInfoEnabled()

    boolean isWarnEnabled()

    boolean isErrorEnabled()
}
