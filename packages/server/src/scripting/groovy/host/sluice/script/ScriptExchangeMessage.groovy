package sluice.script

import groovy.transform.CompileStatic
import org.apache.camel.Attachment
import org.apache.camel.Exchange
import org.apache.camel.Message

import javax.activation.DataHandler

@CompileStatic
final class ScriptExchangeMessage implements Message {
    private final ScriptMessage message
    private final Exchange exchange

    ScriptExchangeMessage(ScriptMessage message, Exchange exchange) {
        this.message = message
        this.exchange = exchange
    }

    @Override
    Object getBody() {
        message.getBody()
    }

    @Override
    <T> T getBody(Class<T> type) {
        message.getBody(type)
    }

    @Override
    void setBody(Object body) {
        message.setBody(body)
    }

    @Override
    Object getHeader(String name) {
        message.headers.get(name)
    }

    @Override
    <T> T getHeader(String name, Class<T> type) {
        message.getHeader(name, type)
    }

    @Override
    void setHeader(String name, Object value) {
        message.setHeader(name, value)
    }

    @Override
    Object removeHeader(String name) {
        message.headers.remove(name)
    }

    @Override
    Map<String, Object> getHeaders() {
        message.headers
    }

    @Override
    void setHeaders(Map<String, Object> headers) {
        message.setHeaders(headers)
    }

    @Override
    Map<String, DataHandler> getAttachments() {
        message.attachments
    }

    @Override
    void addAttachment(String name, DataHandler handler) {
        message.attachments.put(name, handler)
    }

    @Override
    void addAttachmentObject(String name, Attachment attachment) {
        message.addAttachmentObject(name, attachment)
    }

    @Override
    Exchange getExchange() {
        exchange
    }
}
