package org.osgi.framework

import groovy.transform.CompileStatic

/** There is no OSGi here: scripts that reach for the original's services load, and find none. */
@CompileStatic
final class FrameworkUtil {

    /** Null, as for a class that is in no bundle. */
    static Bundle getBundle(Class<?> type) {
        null
    }
}
