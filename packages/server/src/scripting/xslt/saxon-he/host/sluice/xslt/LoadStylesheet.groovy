package sluice.xslt

import groovy.transform.CompileStatic
import sluice.worker.Channel
import sluice.worker.RequestHandler
import sluice.worker.Resources

/** Compiles a stylesheet: `[id, file, texts by path]` → problems. */
@CompileStatic
final class LoadStylesheet implements RequestHandler {

    @Override
    Object handle(Object argument, Channel channel) {
        List<Object> parts = (List<Object>) argument
        List<String> problems = []
        Stylesheet stylesheet = new Stylesheet((String) parts.get(1), (Map<String, String>) parts.get(2), problems)
        if (problems.isEmpty()) Resources.put(((Integer) parts.get(0)).intValue(), stylesheet)
        problems
    }
}
