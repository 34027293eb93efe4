package sluice.worker

import groovy.transform.CompileStatic

/** Objects that cannot leave the worker, by handle, until the server says that nothing refers to them any more. */
@CompileStatic
final class Kept {
    private static final Map<Integer, Object> objects = new HashMap<>()
    private static int last = 0

    static synchronized int put(Object object) {
        objects.put(++last, object)
        last
    }

    static synchronized Object get(int handle) {
        objects.get(handle)
    }

    static synchronized void release(int handle) {
        objects.remove(handle)
    }
}
