package sluice.script

import com.sap.it.api.mapping.Output
import groovy.transform.CompileStatic

/** Collects what a function of a mapping adds: contexts of values, where null is SUPPRESS. */
@CompileStatic
final class ScriptOutput implements Output {
    /** What an argument holds where there is no value. Compared by identity: no message can contain it. */
    static final String SUPPRESS = new String('')

    final List<List<String>> contexts = new ArrayList<>([(List<String>) new ArrayList<String>()])

    @Override
    void addValue(Object value) {
        String text = value == null ? '' : value.toString()
        contexts.last().add(text.is(SUPPRESS) ? null : text)
    }

    @Override
    void addSuppress() {
        contexts.last().add(null)
    }

    @Override
    void addContextChange() {
        contexts.add(new ArrayList<String>())
    }

    @Override
    boolean isSuppress(String value) {
        value.is(SUPPRESS)
    }
}
