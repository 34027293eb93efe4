package org.apache.camel.impl

import groovy.transform.CompileStatic
import org.apache.camel.Attachment

import javax.activation.DataHandler
import javax.activation.DataSource

@CompileStatic
class DefaultAttachment implements Attachment {
    private final DataHandler handler
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER)

    DefaultAttachment(DataHandler handler) {
        this.handler = handler
    }

    DefaultAttachment(DataSource source) {
        this(new DataHandler(source))
    }

    @Override
    DataHandler getDataHandler() {
        handler
    }

    /** Several values of one name are joined by a comma. */
    @Override
    String getHeader(String name) {
        List<String> values = headers.get(name)
        values == null ? null : values.join(',')
    }

    @Override
    List<String> getHeaderAsList(String name) {
        headers.get(name)
    }

    @Override
    Collection<String> getHeaderNames() {
        headers.keySet()
    }

    @Override
    void addHeader(String name, String value) {
        if (!headers.containsKey(name)) headers.put(name, new ArrayList<String>())
        headers.get(name).add(value)
    }

    @Override
    void setHeader(String name, String value) {
        headers.put(name, new ArrayList<String>([value]))
    }

    @Override
    void removeHeader(String name) {
        headers.remove(name)
    }
}
