package sluice.xslt

import groovy.transform.CompileStatic
import net.sf.saxon.expr.XPathContext
import net.sf.saxon.lib.ExtensionFunctionCall
import net.sf.saxon.lib.ExtensionFunctionDefinition
import net.sf.saxon.om.GroundedValue
import net.sf.saxon.om.Sequence
import net.sf.saxon.om.StructuredQName
import net.sf.saxon.value.SequenceType

/** Saxon's own `saxon:parse`, which Saxon-HE lacks. */
@CompileStatic
final class ParseFunction extends ExtensionFunctionDefinition {

    @Override
    StructuredQName getFunctionQName() {
        new StructuredQName('saxon', 'http://saxon.sf.net/', 'parse')
    }

    @Override
    SequenceType[] getArgumentTypes() {
        [SequenceType.SINGLE_STRING] as SequenceType[]
    }

    @Override
    SequenceType getResultType(SequenceType[] arguments) {
        SequenceType.SINGLE_NODE
    }

    @Override
    ExtensionFunctionCall makeCallExpression() {
        new ParseCall()
    }

    @CompileStatic
    private static final class ParseCall extends ExtensionFunctionCall {

        @Override
        Sequence call(XPathContext context, Sequence[] arguments) {
            (GroundedValue) context.configuration.buildDocumentTree(PlainReader.source(arguments[0].head().stringValue)).rootNode
        }
    }
}
