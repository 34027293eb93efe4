package com.sap.gateway.ip.core.customdev.util

import org.apache.camel.Attachment

import javax.activation.DataHandler

interface Message {
    def <T> T getBody(Class<T> type)

    Object getBody()

    void setBody(Object body)

    Map<String, DataHandler> getAttachments()

    void setAttachments(Map<String, DataHandler> attachments)

    Map<String, Object> getHeaders()

    def <T> T getHeader(String name, Class<T> type)

    void setHeaders(Map<String, Object> headers)

    void setHeader(String name, Object value)

    Map<String, Object> getProperties()

    void setProperties(Map<String, Object> properties)

    void setProperty(String name, Object value)

    Object getProperty(String name)

    long getBodySize()

    long getAttachmentsSize()

    void addAttachmentHeader(String name, String value, AttachmentWrapper attachment)

    void setAttachmentHeader(String name, String value, AttachmentWrapper attachment)

    String getAttachmentHeader(String name, AttachmentWrapper attachment)

    void removeAttachmentHeader(String name, AttachmentWrapper attachment)

    Map<String, AttachmentWrapper> getAttachmentWrapperObjects()

    void setAttachmentWrapperObjects(Map<String, AttachmentWrapper> attachments)

    void addAttachmentObject(String name, AttachmentWrapper attachment)

    void addAttachmentHeader(String name, String value, Attachment attachment)

    void setAttachmentHeader(String name, String value, Attachment attachment)

    String getAttachmentHeader(String name, Attachment attachment)

    void removeAttachmentHeader(String name, Attachment attachment)

    Map<String, Attachment> getAttachmentObjects()

    void setAttachmentObjects(Map<String, Attachment> attachments)

    void addAttachmentObject(String name, Attachment attachment)

    List<SoapHeader> getSoapHeaders()

    void setSoapHeaders(List<SoapHeader> headers)

    void clearSoapHeaders()
}
