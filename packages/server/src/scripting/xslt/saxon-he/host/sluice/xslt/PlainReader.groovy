package sluice.xslt

import groovy.transform.CompileStatic
import org.xml.sax.Attributes
import org.xml.sax.InputSource
import org.xml.sax.SAXException
import org.xml.sax.helpers.XMLFilterImpl

import javax.xml.parsers.SAXParserFactory
import javax.xml.transform.sax.SAXSource

/** Reads XML without a document type declaration, and within the depth that messages may have: the engine's limits. */
@CompileStatic
class PlainReader extends XMLFilterImpl {
    private static final int DEPTH = 1000
    private int depth = 0

    PlainReader() {
        SAXParserFactory factory = SAXParserFactory.newInstance()
        factory.setNamespaceAware(true)
        factory.setFeature('http://apache.org/xml/features/disallow-doctype-decl', true)
        setParent(factory.newSAXParser().XMLReader)
    }

    static SAXSource source(String text, String uri = null) {
        InputSource input = new InputSource(new StringReader(text))
        input.setSystemId(uri)
        new SAXSource(new PlainReader(), input)
    }

    @Override
    void startDocument() {
        depth = 0
        super.startDocument()
    }

    @Override
    void startElement(String uri, String localName, String name, Attributes attributes) {
        if (++depth > DEPTH) throw new SAXException("Expected at most ${DEPTH} nested elements, found more.")
        super.startElement(uri, localName, name, attributes)
    }

    @Override
    void endElement(String uri, String localName, String name) {
        depth--
        super.endElement(uri, localName, name)
    }
}
