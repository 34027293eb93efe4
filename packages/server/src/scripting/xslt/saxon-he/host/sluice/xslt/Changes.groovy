package sluice.xslt

import groovy.transform.CompileStatic
import net.sf.saxon.Configuration
import net.sf.saxon.expr.XPathContext
import net.sf.saxon.lib.ExtensionFunctionCall
import net.sf.saxon.lib.ExtensionFunctionDefinition
import net.sf.saxon.om.Item
import net.sf.saxon.om.Sequence
import net.sf.saxon.om.SequenceIterator
import net.sf.saxon.om.StructuredQName
import net.sf.saxon.value.EmptySequence
import net.sf.saxon.value.SequenceType

/** What `setHeader` and `setProperty` of namespace `http://sap.com/it/` were called with. */
@CompileStatic
final class Changes {
    private final List<List<String>> made = []

    void register(Configuration configuration) {
        configuration.registerExtensionFunction(new SetFunction('setHeader', 'header', made))
        configuration.registerExtensionFunction(new SetFunction('setProperty', 'property', made))
    }

    void clear() {
        made.clear()
    }

    List<List<String>> list() {
        new ArrayList<List<String>>(made)
    }

    @CompileStatic
    private static final class SetFunction extends ExtensionFunctionDefinition {
        private final String name
        private final String kind
        private final List<List<String>> made

        SetFunction(String name, String kind, List<List<String>> made) {
            this.name = name
            this.kind = kind
            this.made = made
        }

        @Override
        StructuredQName getFunctionQName() {
            new StructuredQName('cpi', 'http://sap.com/it/', name)
        }

        @Override
        SequenceType[] getArgumentTypes() {
            [SequenceType.ANY_SEQUENCE, SequenceType.ANY_SEQUENCE, SequenceType.ANY_SEQUENCE] as SequenceType[]
        }

        @Override
        SequenceType getResultType(SequenceType[] arguments) {
            SequenceType.ANY_SEQUENCE
        }

        @Override
        boolean hasSideEffects() {
            true
        }

        @Override
        ExtensionFunctionCall makeCallExpression() {
            new SetCall(kind, made)
        }
    }

    @CompileStatic
    private static final class SetCall extends ExtensionFunctionCall {
        private final String kind
        private final List<List<String>> made

        SetCall(String kind, List<List<String>> made) {
            this.kind = kind
            this.made = made
        }

        @Override
        Sequence call(XPathContext context, Sequence[] arguments) {
            made.add([kind, textOf(arguments[1]), textOf(arguments[2])])
            EmptySequence.getInstance()
        }

        private static String textOf(Sequence sequence) {
            List<String> texts = []
            SequenceIterator items = sequence.iterate()
            for (Item item = items.next(); item != null; item = items.next()) texts.add(item.stringValue)
            texts.join(' ')
        }
    }
}
