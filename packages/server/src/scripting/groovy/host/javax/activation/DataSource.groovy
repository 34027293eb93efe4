package javax.activation

interface DataSource {
    InputStream getInputStream() throws IOException

    OutputStream getOutputStream() throws IOException

    String getContentType()

    String getName()
}
