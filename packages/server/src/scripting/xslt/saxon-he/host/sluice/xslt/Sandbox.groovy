package sluice.xslt

import groovy.transform.CompileStatic
import net.sf.saxon.Configuration
import net.sf.saxon.expr.XPathContext
import net.sf.saxon.lib.CollectionFinder
import net.sf.saxon.lib.EnvironmentVariableResolver
import net.sf.saxon.lib.Feature
import net.sf.saxon.s9api.Destination
import net.sf.saxon.s9api.MessageListener
import net.sf.saxon.s9api.Processor
import net.sf.saxon.s9api.Xslt30Transformer
import net.sf.saxon.s9api.XdmNode

import javax.xml.transform.SourceLocator
import java.util.function.Function

/** Saxon without a way to files, network and environment. */
@CompileStatic
final class Sandbox {

    static Processor processor(Files files, Changes changes) {
        Processor processor = new Processor(false)
        Configuration configuration = processor.underlyingConfiguration
        configuration.setURIResolver(files)
        configuration.setUnparsedTextURIResolver(files)
        configuration.setCollectionFinder({ XPathContext context, String uri ->
            throw files.refuse("Expected nothing but files of the artifact, found collection ${uri}")
        } as CollectionFinder)
        configuration.setConfigurationProperty(Feature.ENVIRONMENT_VARIABLE_RESOLVER, new NoVariables())
        // For what the stylesheet itself parses.
        configuration.setConfigurationProperty(Feature.SOURCE_PARSER_CLASS, PlainReader.name)
        changes.register(configuration)
        configuration.registerExtensionFunction(new ParseFunction())
        processor
    }

    /** Closes what belongs to one transformation; `messages` gets what `xsl:message` says. */
    static void close(Xslt30Transformer transformer, Files files, List<String> messages) {
        transformer.setURIResolver(files)
        transformer.underlyingController.setUnparsedTextURIResolver(files)
        transformer.setResultDocumentHandler({ URI uri ->
            throw files.refuse('Expected one result, found a further result document')
        } as Function<URI, Destination>)
        transformer.setMessageListener({ XdmNode content, boolean terminate, SourceLocator at ->
            messages.add(content.toString())
        } as MessageListener)
    }

    @CompileStatic
    private static final class NoVariables implements EnvironmentVariableResolver {

        @Override
        Set<String> getAvailableEnvironmentVariables() {
            Collections.emptySet()
        }

        @Override
        String getEnvironmentVariable(String name) {
            null
        }
    }
}
