package sluice.script

import com.sap.it.api.mapping.MappingContext
import groovy.transform.CompileStatic

/** Headers and properties of the message that is being mapped. */
@CompileStatic
final class ScriptMappingContext implements MappingContext {
    private final ValueMap headers
    private final ValueMap properties
    /** What the function gets. */
    final MappingContext facade

    ScriptMappingContext(ValueMap headers, ValueMap properties) {
        this.headers = headers
        this.properties = properties
        facade = (MappingContext) Facade.of(this, MappingContext)
    }

    @Override
    String getHeader(String name) {
        textOf(headers.get(name))
    }

    @Override
    String getProperty(String name) {
        textOf(properties.get(name))
    }

    @Override
    void setHeader(String name, String value) {
        headers.put(name, value)
    }

    @Override
    void setProperty(String name, String value) {
        properties.put(name, value)
    }

    private static String textOf(Object value) {
        value == null ? null : Content.textOf(value, 'UTF-8')
    }
}
