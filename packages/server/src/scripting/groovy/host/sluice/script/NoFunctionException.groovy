package sluice.script

import groovy.transform.CompileStatic

/** The script has no function of this name that takes what it is given. */
@CompileStatic
class NoFunctionException extends RuntimeException {
    NoFunctionException(String function) {
        super(function)
    }
}
