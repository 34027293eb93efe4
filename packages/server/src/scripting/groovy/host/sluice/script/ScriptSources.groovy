package sluice.script

import groovy.transform.CompileStatic

import java.nio.charset.StandardCharsets

/** Finds scripts of the same artifact as classes: `src.main.resources.script.Totals` is `script/Totals.groovy`. */
@CompileStatic
final class ScriptSources implements GroovyResourceLoader {
    private static final String ROOT = 'src/main/resources/'
    private final Map<String, String> scripts

    ScriptSources(Map<String, String> scripts) {
        this.scripts = scripts
    }

    @Override
    URL loadGroovySource(String className) {
        String path = className.replace('.', '/')
        if (path.startsWith(ROOT)) path = path.substring(ROOT.length())
        for (String candidate : [path, "script/${path}".toString()]) {
            for (String extension : ['.groovy', '.gsh', '.gvy']) {
                String source = scripts.get(candidate + extension)
                if (source != null) return new URL(null, "script:${candidate}${extension}", new Handler(source))
            }
        }
        null
    }

    /** The path of the script that an error is in. */
    static String pathOf(String locator) {
        locator.startsWith('script:') ? locator.substring('script:'.length()) : locator
    }

    @CompileStatic
    private static final class Handler extends URLStreamHandler {
        private final String source

        Handler(String source) {
            this.source = source
        }

        @Override
        protected URLConnection openConnection(URL url) {
            new Source(url, source)
        }
    }

    @CompileStatic
    private static final class Source extends URLConnection {
        private final String source

        Source(URL url, String source) {
            super(url)
            this.source = source
        }

        @Override
        void connect() {
        }

        @Override
        InputStream getInputStream() {
            new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8))
        }
    }
}
