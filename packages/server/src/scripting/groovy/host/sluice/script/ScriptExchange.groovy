package sluice.script

import groovy.transform.CompileStatic
import org.apache.camel.CamelContext
import org.apache.camel.Exchange
import org.apache.camel.Message

/** The exchange behind a message, as far as scripts use it that reach for the original's. */
@CompileStatic
final class ScriptExchange implements Exchange {
    private final ScriptMessage message
    private final Map<String, Object> run
    private Exception exception

    /** `run`: `messageGuid` and `flowId`. */
    ScriptExchange(ScriptMessage message, Map<String, Object> run) {
        this.message = message
        this.run = run
    }

    @Override
    Object getProperty(String name) {
        message.properties.get(name)
    }

    @Override
    <T> T getProperty(String name, Class<T> type) {
        Content.convert(message.properties.get(name), type, 'UTF-8')
    }

    @Override
    void setProperty(String name, Object value) {
        message.setProperty(name, value)
    }

    @Override
    Map<String, Object> getProperties() {
        message.properties
    }

    @Override
    Message getIn() {
        new ScriptExchangeMessage(message, this)
    }

    @Override
    Message getOut() {
        getIn()
    }

    @Override
    String getExchangeId() {
        "ID-${run.get('messageGuid')}"
    }

    @Override
    CamelContext getContext() {
        new ScriptContext(String.valueOf(run.get('flowId')))
    }

    @Override
    Exception getException() {
        exception
    }

    @Override
    void setException(Throwable exception) {
        this.exception = exception instanceof Exception ? (Exception) exception : new Exception(exception)
    }
}
