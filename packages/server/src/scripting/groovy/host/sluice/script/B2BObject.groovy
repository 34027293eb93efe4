package sluice.script

import groovy.transform.CompileStatic

/**
 * The B2B monitoring API, an event for it or part of one: makes what `createX` and `createUpdateX` name, takes every property,
 * gives back what it took, and does nothing else.
 */
@CompileStatic
abstract class B2BObject {
    private static final List<String> PLACES = ['com.sap.it.op.b2b.monitor.api.', 'com.sap.it.op.b2b.monitor.api.events.', 'com.sap.it.op.b2b.monitor.api.BusinessDocument']

    private final Map<String, Object> values = new HashMap<>()

    B2BObject() {
        values.put('Id', UUID.randomUUID().toString())
    }

    Object methodMissing(String name, Object arguments) {
        Object[] given = (Object[]) arguments
        if (name.startsWith('create')) {
            B2BObject made = make(name.replaceFirst('^create(Update)?', ''))
            if (made == null) throw new MissingMethodException(name, getClass(), given)
            if (given.length == 1) made.values.put('Id', given[0])
            return made
        }
        String property = name.length() > 3 ? name.substring(3) : ''
        if (name.startsWith('set') && given.length > 0) values.put(property, given[given.length - 1])
        if (!name.startsWith('get') || given.length > 0) return null
        if (!values.containsKey(property)) values.put(property, make(property))
        values.get(property)
    }

    private static B2BObject make(String name) {
        for (String place : PLACES) {
            try {
                return (B2BObject) Class.forName(place + name, true, B2BObject.classLoader).newInstance()
            } catch (ClassNotFoundException ignored) {
                // The next place, then.
            }
        }
        null
    }
}
