package sluice.xslt

import groovy.transform.CompileStatic
import net.sf.saxon.s9api.SaxonApiException
import net.sf.saxon.trans.XPathException
import org.xml.sax.SAXException

import javax.xml.transform.TransformerException

/** A stylesheet that failed. */
@CompileStatic
final class Trouble extends RuntimeException {
    private static final int DEPTH = 8

    Trouble(String message) {
        super(message, null, false, false)
    }

    static Throwable of(SaxonApiException exception, List<String> messages) {
        for (Throwable at = exception; at != null; at = at.cause) {
            if (at instanceof VirtualMachineError) return at
            if (at instanceof SAXException) return new DocumentTrouble(at.message)
        }
        String said = exception.message?.startsWith('Processing terminated by xsl:message') && !messages.isEmpty() ? messages.last() + ': ' : ''
        new Trouble(said + describe(exception))
    }

    /** Text, code, and where it is: `Division by zero (FOAR0001) [mapping/Order.xsl:7]`. */
    static String describe(Throwable thrown) {
        String code = ''
        String place = ''
        String text = thrown.message
        Throwable at = thrown
        for (int depth = 0; at != null && depth < DEPTH; depth++) {
            if (at instanceof XPathException && code.isEmpty() && ((XPathException) at).errorCodeLocalPart != null) code = " (${((XPathException) at).errorCodeLocalPart})"
            if (at instanceof TransformerException && ((TransformerException) at).locator != null && place.isEmpty()) place = placeOf((TransformerException) at)
            if (at.message != null && at.cause == null) text = at.message
            at = at.cause
        }
        (text ?: thrown.getClass().name) + code + place
    }

    private static String placeOf(TransformerException exception) {
        String file = Files.pathOf(exception.locator.systemId)
        int line = exception.locator.lineNumber
        file.isEmpty() ? '' : line > 0 ? " [${file}:${line}]" : " [${file}]"
    }
}
