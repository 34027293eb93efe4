package sluice.xslt

import groovy.transform.CompileStatic
import sluice.worker.Channel
import sluice.worker.RequestHandler
import sluice.worker.Resources

/** Transforms a document: `[id, document, parameters]` → `[text, [[kind, name, value]…], messages]`. */
@CompileStatic
final class Transform implements RequestHandler {

    @Override
    Object handle(Object argument, Channel channel) {
        List<Object> parts = (List<Object>) argument
        Stylesheet stylesheet = (Stylesheet) Resources.get(((Integer) parts.get(0)).intValue())
        stylesheet.transform((String) parts.get(1), (Map<String, String>) parts.get(2))
    }
}
