package sluice.script

import groovy.transform.CompileStatic
import org.apache.camel.CamelContext

/** The original runs each flow in a context of its own, which is named after it. */
@CompileStatic
final class ScriptContext implements CamelContext {
    private final String name

    ScriptContext(String name) {
        this.name = name
    }

    @Override
    String getName() {
        name
    }

    @Override
    Map<String, Object> getEndpointMap() {
        Collections.emptyMap()
    }

    @Override
    Collection<Object> getEndpoints() {
        Collections.emptyList()
    }

    @Override
    Object getRegistry() {
        throw new UnsupportedOperationException('Expected an interface of the script API, found the registry of the original\'s runtime, which does not exist here')
    }
}
