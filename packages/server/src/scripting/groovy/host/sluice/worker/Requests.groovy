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
        [
            'script.call': new CallScript(),
            'script.load': new LoadScript(),
            'script.map' : new MapValues(),
            'worker.ping': new Ping(),
        ] as Map<String, RequestHandler>
    }
}
