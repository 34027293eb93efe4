package org.apache.camel

import javax.activation.DataHandler

interface Message {
    Object getBody()

    def <T> T getBody(Class<T> type)

    void setBody(Object body)

    Object getHeader(String name)

    def <T> T getHeader(String name, Class<T> type)

    void setHeader(String name, Object value)

    Object removeHeader(String name)

    Map<String, Object> getHeaders()

    void setHeaders(Map<String, Object> headers)

    Map<String, DataHandler> getAttachments()

    void addAttachment(String name, DataHandler handler)

    void addAttachmentObject(String name, Attachment attachment)

    Exchange getExchange()
}
