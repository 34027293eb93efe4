package sluice.script

import groovy.transform.CompileStatic

import java.util.function.BiConsumer
import java.util.function.BiFunction
import java.util.function.Function

/** `Values` as the class that published scripts ask for: `HashMap headers = message.getHeaders()`. The table of its own stays empty. */
@CompileStatic
class ValueMap extends HashMap<String, Object> {
    private final Values changing
    private final Map<String, Object> values

    ValueMap(List<Object> flat, ClassLoader loader, boolean caseSensitive) {
        changing = new Values(flat, loader, caseSensitive)
        values = changing
    }

    List<Object> changes() { changing.changes() }

    @Override int size() { values.size() }

    @Override boolean isEmpty() { values.isEmpty() }

    @Override Object get(Object name) { values.get(name) }

    @Override boolean containsKey(Object name) { values.containsKey(name) }

    @Override boolean containsValue(Object value) { values.containsValue(value) }

    @Override Object put(String name, Object value) { values.put(name, value) }

    @Override void putAll(Map<? extends String, ? extends Object> others) { values.putAll(others) }

    @Override Object remove(Object name) { values.remove(name) }

    @Override boolean remove(Object name, Object value) { values.remove(name, value) }

    @Override void clear() { values.clear() }

    @Override Set<String> keySet() { values.keySet() }

    @Override Collection<Object> values() { values.values() }

    @Override Set<Map.Entry<String, Object>> entrySet() { values.entrySet() }

    @Override Object getOrDefault(Object name, Object value) { values.getOrDefault(name, value) }

    @Override Object putIfAbsent(String name, Object value) { values.putIfAbsent(name, value) }

    @Override boolean replace(String name, Object before, Object value) { values.replace(name, before, value) }

    @Override Object replace(String name, Object value) { values.replace(name, value) }

    @Override
    Object computeIfAbsent(String name, Function<? super String, ? extends Object> make) {
        values.computeIfAbsent(name, make)
    }

    @Override
    Object computeIfPresent(String name, BiFunction<? super String, ? super Object, ? extends Object> change) {
        values.computeIfPresent(name, change)
    }

    @Override
    Object compute(String name, BiFunction<? super String, ? super Object, ? extends Object> change) {
        values.compute(name, change)
    }

    @Override
    Object merge(String name, Object value, BiFunction<? super Object, ? super Object, ? extends Object> join) {
        values.merge(name, value, join)
    }

    @Override
    void forEach(BiConsumer<? super String, ? super Object> action) {
        values.forEach(action)
    }

    @Override
    void replaceAll(BiFunction<? super String, ? super Object, ? extends Object> change) {
        values.replaceAll(change)
    }

    @Override
    Object clone() {
        new LinkedHashMap<String, Object>(values)
    }
}
