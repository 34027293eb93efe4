package javax.activation

import groovy.transform.CompileStatic

@CompileStatic
class FileDataSource implements DataSource {
    final File file

    FileDataSource(File file) {
        this.file = file
    }

    FileDataSource(String name) {
        this(new File(name))
    }

    @Override
    InputStream getInputStream() {
        new FileInputStream(file)
    }

    @Override
    OutputStream getOutputStream() {
        new FileOutputStream(file)
    }

    @Override
    String getContentType() {
        URLConnection.guessContentTypeFromName(file.name) ?: 'application/octet-stream'
    }

    @Override
    String getName() {
        file.name
    }
}
