package sluice.xslt

import groovy.transform.CompileStatic
import net.sf.saxon.s9api.ItemType
import net.sf.saxon.s9api.Processor
import net.sf.saxon.s9api.QName
import net.sf.saxon.s9api.SaxonApiException
import net.sf.saxon.s9api.Xslt30Transformer
import net.sf.saxon.s9api.XdmAtomicValue
import net.sf.saxon.s9api.XdmValue
import net.sf.saxon.s9api.XsltCompiler
import net.sf.saxon.s9api.XsltExecutable

import javax.xml.transform.ErrorListener
import javax.xml.transform.TransformerException

/** A compiled stylesheet, with the files that it may read. */
@CompileStatic
final class Stylesheet {
    private final Files files
    private final XsltExecutable executable
    private final Changes changes = new Changes()

    /** `problems` gets what is wrong; nothing else can be done with the stylesheet then. */
    Stylesheet(String file, Map<String, String> texts, List<String> problems) {
        files = new Files(texts)
        // Saxon-HE 9.9 takes it, and fails when it comes there.
        if (texts.values().any { String text -> text =~ /<([\w.-]+:)?evaluate[\s\/>]/ }) problems.add('xsl:evaluate, which Saxon-HE does not have')
        Processor processor = Sandbox.processor(files, changes)
        XsltCompiler compiler = processor.newXsltCompiler()
        compiler.setURIResolver(files)
        compiler.setErrorListener(new Listener(problems))
        XsltExecutable compiled = null
        try {
            compiled = compiler.compile(files.source(Files.uriOf(file)))
        } catch (SaxonApiException exception) {
            if (problems.isEmpty()) problems.add(Trouble.describe(exception))
        } catch (Trouble trouble) {
            problems.add(trouble.message)
        }
        executable = compiled
    }

    /** `[text, [[kind, name, value]…], messages]` */
    List<Object> transform(String document, Map<String, String> parameters) {
        Xslt30Transformer transformer = executable.load30()
        List<String> messages = []
        Sandbox.close(transformer, files, messages)
        Map<QName, XdmValue> values = [:]
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            values.put(new QName(parameter.key), new XdmAtomicValue(parameter.value, ItemType.UNTYPED_ATOMIC))
        }
        transformer.setStylesheetParameters(values)
        changes.clear()
        files.refused = null
        StringWriter text = new StringWriter()
        try {
            transformer.transform(PlainReader.source(document), transformer.newSerializer(text))
        } catch (SaxonApiException exception) {
            throw files.refused == null ? Trouble.of(exception, messages) : new Trouble(files.refused)
        } catch (RuntimeException exception) {
            throw files.refused == null ? exception : new Trouble(files.refused)
        }
        if (files.refused != null) throw new Trouble(files.refused)
        [text.toString(), changes.list(), messages] as List<Object>
    }

    /** What the compiler says; warnings are not told. */
    @CompileStatic
    private static final class Listener implements ErrorListener {
        private final List<String> problems

        Listener(List<String> problems) {
            this.problems = problems
        }

        @Override
        void warning(TransformerException exception) {
        }

        @Override
        void error(TransformerException exception) {
            problems.add(Trouble.describe(exception))
        }

        @Override
        void fatalError(TransformerException exception) {
            problems.add(Trouble.describe(exception))
        }
    }
}
