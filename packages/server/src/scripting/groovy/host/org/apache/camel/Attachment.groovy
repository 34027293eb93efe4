package org.apache.camel

import javax.activation.DataHandler

interface Attachment {
    DataHandler getDataHandler()

    String getHeader(String name)

    List<String> getHeaderAsList(String name)

    Collection<String> getHeaderNames()

    void addHeader(String name, String value)

    void setHeader(String name, String value)

    void removeHeader(String name)
}
