package javax.activation

import groovy.transform.CompileStatic

@CompileStatic
class URLDataSource implements DataSource {
    final URL URL

    URLDataSource(URL url) {
        this.URL = url
    }

    @Override
    InputStream getInputStream() {
        URL.openStream()
    }

    @Override
    OutputStream getOutputStream() {
        URL.openConnection().outputStream
    }

    @Override
    String getContentType() {
        URLConnection.guessContentTypeFromName(URL.path) ?: 'application/octet-stream'
    }

    @Override
    String getName() {
        URL.path
    }
}
