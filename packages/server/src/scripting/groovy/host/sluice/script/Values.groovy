package sluice.script

import groovy.transform.CompileStatic
import sluice.worker.Later

/**
 * Headers or properties as scripts see and change them. Values are made when they are looked at. Knows afterwards what is to
 * be sent back: what was set, and what was looked at and may have been changed in place.
 */
@CompileStatic
class Values extends AbstractMap<String, Object> {
    private final Map<String, Slot> slots = new LinkedHashMap<>()
    private final Set<String> given = new LinkedHashSet<>()
    private final ClassLoader loader
    private final boolean caseSensitive

    /** `flat` is name, value, name, value, … */
    Values(List<Object> flat, ClassLoader loader, boolean caseSensitive) {
        this.loader = loader
        this.caseSensitive = caseSensitive
        for (int i = 0; i < flat.size(); i += 2) {
            String name = (String) flat.get(i)
            slots.put(keyOf(name), new Slot(name, flat.get(i + 1), true))
            given.add(name)
        }
    }

    @Override
    Object get(Object name) {
        Slot slot = name == null ? null : slots.get(keyOf(name.toString()))
        slot == null ? null : slot.resolve(loader)
    }

    @Override
    boolean containsKey(Object name) {
        name != null && slots.containsKey(keyOf(name.toString()))
    }

    @Override
    Object put(String name, Object value) {
        Slot slot = slots.get(keyOf(name))
        if (slot == null) {
            slots.put(keyOf(name), new Slot(name, value, false))
            return null
        }
        Object before = slot.resolve(loader)
        slot.set(value)
        before
    }

    @Override
    Object remove(Object name) {
        Slot slot = name == null ? null : slots.remove(keyOf(name.toString()))
        slot == null ? null : slot.resolve(loader)
    }

    @Override
    void clear() {
        slots.clear()
    }

    @Override
    int size() {
        slots.size()
    }

    @Override
    Set<Map.Entry<String, Object>> entrySet() {
        new Entries(this)
    }

    /** `[names and values to set, flat, names to remove]` */
    List<Object> changes() {
        List<Object> changed = []
        for (Slot slot : slots.values()) {
            if (slot.isChanged()) {
                changed.add(slot.name)
                changed.add(slot.value)
            }
        }
        List<Object> removed = []
        for (String name : given) if (!slots.containsKey(keyOf(name))) removed.add(name)
        [(Object) changed, (Object) removed]
    }

    private String keyOf(String name) {
        caseSensitive ? name : name.toLowerCase(Locale.ROOT)
    }

    @CompileStatic
    private static final class Slot {
        final String name
        Object value
        private boolean given
        private boolean seen = false

        Slot(String name, Object value, boolean given) {
            this.name = name
            this.value = value
            this.given = given
        }

        Object resolve(ClassLoader loader) {
            if (given && !seen) {
                value = Later.resolve(value, loader)
                seen = true
            }
            value
        }

        void set(Object value) {
            if (given && seen && this.value.is(value)) return
            this.value = value
            given = false
        }

        boolean isChanged() {
            !given || (seen && !(value == null || value instanceof CharSequence || value instanceof Number || value instanceof Boolean || value instanceof Throwable))
        }
    }

    @CompileStatic
    private static final class Entries extends AbstractSet<Map.Entry<String, Object>> {
        private final Values map

        Entries(Values map) {
            this.map = map
        }

        @Override
        int size() {
            map.size()
        }

        @Override
        Iterator<Map.Entry<String, Object>> iterator() {
            new EntryIterator(map, map.@slots.values().iterator())
        }
    }

    @CompileStatic
    private static final class EntryIterator implements Iterator<Map.Entry<String, Object>> {
        private final Values map
        private final Iterator<Slot> slots

        EntryIterator(Values map, Iterator<Slot> slots) {
            this.map = map
            this.slots = slots
        }

        @Override
        boolean hasNext() {
            slots.hasNext()
        }

        @Override
        Map.Entry<String, Object> next() {
            new Entry(map.@loader, slots.next())
        }

        @Override
        void remove() {
            slots.remove()
        }
    }

    @CompileStatic
    private static final class Entry implements Map.Entry<String, Object> {
        private final ClassLoader loader
        private final Slot slot

        Entry(ClassLoader loader, Slot slot) {
            this.loader = loader
            this.slot = slot
        }

        @Override
        String getKey() {
            slot.name
        }

        @Override
        Object getValue() {
            slot.resolve(loader)
        }

        @Override
        Object setValue(Object value) {
            Object before = slot.resolve(loader)
            slot.set(value)
            before
        }

        @Override
        boolean equals(Object other) {
            other instanceof Map.Entry && key == ((Map.Entry) other).key && getValue() == ((Map.Entry) other).value
        }

        @Override
        int hashCode() {
            Objects.hashCode(key) ^ Objects.hashCode(getValue())
        }

        @Override
        String toString() {
            "${key}=${getValue()}"
        }
    }
}
