package javax.activation

import groovy.transform.CompileStatic

import java.nio.charset.Charset

@CompileStatic
class DataHandler {
    private final DataSource source
    private final Object object

    DataHandler(DataSource source) {
        this.source = source
        this.object = null
    }

    /** Text is UTF-8 unless its media type says otherwise. */
    DataHandler(Object object, String contentType) {
        this.object = object
        this.source = new ObjectSource(object, contentType)
    }

    DataHandler(URL url) {
        this(new URLDataSource(url))
    }

    DataSource getDataSource() {
        source
    }

    String getName() {
        source.name
    }

    String getContentType() {
        source.contentType
    }

    InputStream getInputStream() throws IOException {
        source.inputStream
    }

    OutputStream getOutputStream() throws IOException {
        source.outputStream
    }

    Object getContent() throws IOException {
        if (object != null) return object
        String type = contentType == null ? '' : contentType.toLowerCase(Locale.ROOT)
        type.startsWith('text/') ? inputStream.getText(ObjectSource.charsetOf(type)) : inputStream
    }

    void writeTo(OutputStream target) throws IOException {
        target << inputStream
    }

    @CompileStatic
    private static final class ObjectSource implements DataSource {
        private final Object object
        final String contentType

        ObjectSource(Object object, String contentType) {
            this.object = object
            this.contentType = contentType
        }

        @Override
        InputStream getInputStream() {
            if (object instanceof InputStream) return (InputStream) object
            new ByteArrayInputStream(object instanceof byte[] ? (byte[]) object : object.toString().getBytes(charsetOf(contentType)))
        }

        @Override
        OutputStream getOutputStream() {
            throw new IOException('Expected a source that can be written, found an object')
        }

        @Override
        String getName() {
            null
        }

        static String charsetOf(String type) {
            def found = type =~ /(?i)charset\s*=\s*"?([^\s;"]+)/
            String name = found.find() ? found.group(1) : 'UTF-8'
            Charset.isSupported(name) ? name : 'UTF-8'
        }
    }
}
