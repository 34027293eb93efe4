package javax.mail.util

import groovy.transform.CompileStatic

import javax.activation.DataSource

@CompileStatic
class ByteArrayDataSource implements DataSource {
    private final byte[] data
    final String contentType
    String name = ''

    ByteArrayDataSource(byte[] data, String contentType) {
        this.data = data
        this.contentType = contentType
    }

    ByteArrayDataSource(InputStream stream, String contentType) throws IOException {
        this(stream.bytes, contentType)
    }

    ByteArrayDataSource(String text, String contentType) throws IOException {
        this(text.getBytes(charsetOf(contentType)), contentType)
    }

    @Override
    InputStream getInputStream() {
        new ByteArrayInputStream(data)
    }

    @Override
    OutputStream getOutputStream() {
        throw new IOException('Expected a source that can be written, found an array of bytes')
    }

    private static String charsetOf(String type) {
        def found = type =~ /(?i)charset\s*=\s*"?([^\s;"]+)/
        found.find() ? found.group(1) : 'UTF-8'
    }
}
