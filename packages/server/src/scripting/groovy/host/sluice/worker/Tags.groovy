package sluice.worker

import groovy.transform.CompileStatic

/** The same as in `values.ts`. */
@CompileStatic
final class Tags {
    static final int NULL = 0
    static final int TRUE = 1
    static final int FALSE = 2
    static final int INTEGER = 3
    static final int DOUBLE = 4
    static final int TEXT = 5
    static final int BYTES = 6
    static final int LIST = 7
    static final int MAP = 8
    static final int NUMBER = 9
    static final int SERIALIZED = 10
    static final int KEPT = 11
    static final int FAILURE = 12
    static final int XML = 13
    static final int REMOTE = 14
}
