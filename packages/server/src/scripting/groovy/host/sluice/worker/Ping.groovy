package sluice.worker

import groovy.transform.CompileStatic

/** Answers, so that somebody knows that what was loaded for it is there. */
@CompileStatic
final class Ping implements RequestHandler {

    @Override
    Object handle(Object argument, Channel channel) {
        argument
    }
}
