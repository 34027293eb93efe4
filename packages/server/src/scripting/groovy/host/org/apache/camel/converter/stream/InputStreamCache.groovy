package org.apache.camel.converter.stream

import groovy.transform.CompileStatic

import java.nio.charset.StandardCharsets

/** Bytes that can be read again after `reset()`. */
@CompileStatic
class InputStreamCache extends ByteArrayInputStream {
    InputStreamCache(byte[] data) {
        super(data)
    }

    InputStreamCache(byte[] data, int count) {
        super(data, 0, count)
    }

    void writeTo(OutputStream target) throws IOException {
        target.write(content())
    }

    long length() {
        count
    }

    boolean inMemory() {
        true
    }

    /** All of it, wherever the reader is. */
    byte[] content() {
        count == buf.length ? buf : Arrays.copyOf(buf, count)
    }

    /** The original says which object it is; text is what people look for. */
    @Override
    String toString() {
        new String(content(), StandardCharsets.UTF_8)
    }
}
