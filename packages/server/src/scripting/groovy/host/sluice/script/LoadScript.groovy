package sluice.script

import groovy.transform.CompileStatic
import org.codehaus.groovy.control.CompilationFailedException
import sluice.worker.Channel
import sluice.worker.RequestHandler
import sluice.worker.Resources

/** Compiles a program: `[id, name, source, scripts by path, paths of archives]` → problems, `[name, line, text]` each. */
@CompileStatic
final class LoadScript implements RequestHandler {

    @Override
    Object handle(Object argument, Channel channel) {
        List<Object> parts = (List<Object>) argument
        String file = (String) parts.get(1)
        try {
            Program program = new Program(file, (String) parts.get(2), (Map<String, String>) parts.get(3), (List<String>) parts.get(4))
            Resources.put(((Integer) parts.get(0)).intValue(), program)
            return []
        } catch (CompilationFailedException failure) {
            return Program.problems(failure, file)
        }
    }
}
