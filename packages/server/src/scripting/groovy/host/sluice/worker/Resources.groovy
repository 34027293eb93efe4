package sluice.worker

import groovy.transform.CompileStatic

/** What was loaded for later requests, by the ID that the server chose. The server says when it is not needed any more. */
@CompileStatic
final class Resources {
    private static final Map<Integer, Object> loaded = new HashMap<>()

    static void put(int id, Object resource) {
        release(id)
        loaded.put(id, resource)
    }

    static Object get(int id) {
        Object resource = loaded.get(id)
        if (resource == null) throw new IllegalStateException("Expected resource ${id} to be loaded")
        resource
    }

    /** Resources that hold files or class loaders are `Closeable`. */
    static void release(int id) {
        Object resource = loaded.remove(id)
        if (resource instanceof Closeable) ((Closeable) resource).close()
    }
}
