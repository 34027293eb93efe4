package sluice.script

import groovy.transform.CompileStatic
import org.w3c.dom.Node

import javax.xml.transform.OutputKeys
import javax.xml.transform.Transformer
import javax.xml.transform.TransformerFactory
import javax.xml.transform.dom.DOMSource
import javax.xml.transform.stream.StreamResult

/** XML nodes as text. */
@CompileStatic
final class Markup {

    static String of(Node node) {
        if (node.nodeType != Node.ELEMENT_NODE && node.nodeType != Node.DOCUMENT_NODE) return node.nodeValue == null ? '' : node.nodeValue
        Transformer transformer = TransformerFactory.newInstance().newTransformer()
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, 'yes')
        StringWriter text = new StringWriter()
        transformer.transform(new DOMSource(node), new StreamResult(text))
        text.toString()
    }
}
