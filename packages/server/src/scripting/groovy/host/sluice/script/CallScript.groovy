package sluice.script

import groovy.transform.CompileStatic
import org.codehaus.groovy.runtime.InvokerHelper
import org.codehaus.groovy.runtime.InvokerInvocationException
import sluice.worker.Channel
import sluice.worker.RequestHandler
import sluice.worker.Resources
import sluice.worker.Thrown

/**
 * Calls a function with a message: `[id, function, message]` → what became of the message, and what was thrown, if anything.
 */
@CompileStatic
final class CallScript implements RequestHandler {

    @Override
    Object handle(Object argument, Channel channel) {
        List<Object> parts = (List<Object>) argument
        Program program = (Program) Resources.get(((Integer) parts.get(0)).intValue())
        Exceptions.forget()
        ScriptMessage message = new ScriptMessage((List<Object>) parts.get(2), program.loader)
        Thread.currentThread().contextClassLoader = program.loader
        Object thrown = null
        try {
            call(program, (String) parts.get(1), message)
        } catch (Throwable throwable) {
            thrown = Thrown.describe(unwrap(throwable))
        }
        try {
            return [message.changes(), thrown]
        } finally {
            if (message.large) program.forgetCalls()
            Thread.currentThread().contextClassLoader = CallScript.classLoader
        }
    }

    private static void call(Program program, String function, ScriptMessage message) {
        Object instance = program.instance()
        try {
            InvokerHelper.invokeMethod(instance, function, message.facade)
        } catch (MissingMethodException missing) {
            if (missing.method != function || missing.type != program.type || program.responds(function, message.facade)) throw missing
            throw new NoFunctionException(function)
        }
    }

    static Throwable unwrap(Throwable throwable) {
        throwable instanceof InvokerInvocationException && throwable.cause != null ? throwable.cause : throwable
    }
}
