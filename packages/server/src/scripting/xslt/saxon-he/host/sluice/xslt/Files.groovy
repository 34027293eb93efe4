package sluice.xslt

import groovy.transform.CompileStatic
import net.sf.saxon.Configuration
import net.sf.saxon.lib.UnparsedTextURIResolver

import javax.xml.transform.Source
import javax.xml.transform.URIResolver

/** The files of a stylesheet, by path: all that it can read. */
@CompileStatic
final class Files implements URIResolver, UnparsedTextURIResolver {
    private static final String ROOT = 'file:///'
    private final Map<String, String> texts

    Files(Map<String, String> texts) {
        this.texts = texts
    }

    static String uriOf(String path) {
        ROOT + new URI(null, null, '/' + path, null).rawPath.substring(1)
    }

    static String pathOf(String uri) {
        String path = uri == null ? '' : uri.startsWith('file:') ? new URI(uri).path : uri
        path == null ? '' : path.replaceFirst('^/+', '')
    }

    Source source(String uri) {
        PlainReader.source(text(uri), uri)
    }

    /** What was out of reach and asked for; null: nothing. Saxon may go on as if it were empty. */
    String refused = null

    RuntimeException refuse(String what) {
        refused = what
        new Trouble(what)
    }

    private String text(String uri) {
        String text = uri.startsWith('file:') ? texts.get(pathOf(uri)) : null
        if (text == null) throw refuse("Expected nothing but files of the artifact, found ${uri}")
        text
    }

    @Override
    Source resolve(String href, String base) {
        String reference = href.replaceFirst('#.*', '').replace(' ', '%20')
        // Java resolves an empty reference to the folder.
        String uri = base == null || base.isEmpty() ? reference : reference.isEmpty() ? base : new URI(base).resolve(reference).toString()
        source(uri)
    }

    @Override
    Reader resolve(URI uri, String encoding, Configuration configuration) {
        new StringReader(text(uri.toString()))
    }
}
