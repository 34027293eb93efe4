package sluice.xslt

import groovy.transform.CompileStatic

/** A document that is no XML, or more than it may be. */
@CompileStatic
final class DocumentTrouble extends RuntimeException {
    DocumentTrouble(String message) {
        super(message, null, false, false)
    }
}
