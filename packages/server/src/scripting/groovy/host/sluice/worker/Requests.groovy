package sluice.worker

import groovy.transform.CompileStatic
import sluice.script.CallScript
import sluice.script.LoadScript
import sluice.script.MapValues

/**
 * All kinds of requests that a worker answers. To add one, write a `RequestHandler` and a line here; what stays in the worker
 * between requests (compiled programs) goes into `Resources` under the ID that the server chose.
 */
@CompileStatic
final class Requests {

    static Map<String, RequestHandler> all() {
        Map<String, RequestHandler> handlers = [
            'script.call': new CallScript(),
            'script.load': new LoadScript(),
            'script.map' : new MapValues(),
            'worker.ping': new Ping(),
        ] as Map<String, RequestHandler>
        withSaxon(handlers, 'stylesheet.load', 'sluice.xslt.LoadStylesheet')
        withSaxon(handlers, 'stylesheet.transform', 'sluice.xslt.Transform')
        handlers
    }

    /** Compiled only where there is Saxon; loaded with the first request, as Saxon takes a while. */
    private static void withSaxon(Map<String, RequestHandler> handlers, String kind, String className) {
        handlers.put(kind, new RequestHandler() {
            @Override
            Object handle(Object argument, Channel channel) {
                ((RequestHandler) Class.forName(className).newInstance()).handle(argument, channel)
            }
        })
    }
}
