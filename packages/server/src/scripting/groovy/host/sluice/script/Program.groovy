package sluice.script

import groovy.transform.CompileStatic
import org.codehaus.groovy.control.CompilationFailedException
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.MultipleCompilationErrorsException
import org.codehaus.groovy.control.messages.ExceptionMessage
import org.codehaus.groovy.control.messages.SimpleMessage
import org.codehaus.groovy.control.messages.SyntaxErrorMessage
import org.codehaus.groovy.runtime.InvokerHelper
import org.codehaus.groovy.syntax.SyntaxException
import java.lang.reflect.Field

/** A script with everything that it may load: compiled once, and one object, so that its undeclared variables are kept. */
@CompileStatic
final class Program implements Closeable {
    /** What it is compiled as. */
    final String file
    final GroovyClassLoader loader
    final Class<?> type
    private Object instance

    /** Throws `CompilationFailedException`: see `problems`. */
    Program(String file, String source, Map<String, String> scripts, List<String> libraries) {
        this.file = file
        CompilerConfiguration configuration = new CompilerConfiguration()
        configuration.sourceEncoding = 'UTF-8'
        loader = new GroovyClassLoader(Program.classLoader, configuration)
        for (String library : libraries) loader.addURL(new File(library).toURI().toURL())
        loader.setResourceLoader(new ScriptSources(scripts))
        GroovyCodeSource code = new GroovyCodeSource(source, file, '/groovy/script')
        code.cachable = false
        type = loader.parseClass(code)
    }

    /** The one object that is called. Its statements outside of functions are run before the first call. */
    Object instance() {
        if (instance != null) return instance
        Object made = type.newInstance()
        if (made instanceof Script) {
            Script script = (Script) made
            script.binding = new Binding(['messageLogFactory': new LogFactory()])
            runStatements(script)
        }
        instance = made
        made
    }

    /** Published scripts hold left-over statements that cannot run; their functions must be callable all the same. */
    private void runStatements(Script script) {
        try {
            script.run()
        } catch (Exception exception) {
            System.err.println("${file}: statements outside of functions: ${exception}")
        }
    }

    /**
     * Lets go of what calls of methods remember: Groovy keeps the last receiver's metaclass, which in results of `XmlSlurper`
     * refers to all that was parsed.
     */
    void forgetCalls() {
        for (Class<?> loaded : loader.loadedClasses) {
            Field calls = loaded.declaredFields.find { Field field -> field.name == '$callSiteArray' }
            if (calls == null) continue
            calls.accessible = true
            calls.set(null, null)
        }
    }

    boolean responds(String function, Object... arguments) {
        !InvokerHelper.getMetaClass(type).respondsTo(instance(), function, arguments).isEmpty()
    }

    @Override
    void close() {
        InvokerHelper.removeClass(type)
        for (Class<?> loaded : loader.loadedClasses) InvokerHelper.removeClass(loaded)
        loader.clearCache()
        loader.close()
    }

    /** What is wrong with a script that does not compile, each with a line where there is one. */
    static List<List<Object>> problems(CompilationFailedException failure, String file) {
        if (!(failure instanceof MultipleCompilationErrorsException)) return [[(Object) file, (Object) 0, (Object) failure.message]]
        List<List<Object>> problems = []
        for (Object error : ((MultipleCompilationErrorsException) failure).errorCollector.errors) {
            if (error instanceof SyntaxErrorMessage) {
                SyntaxException cause = ((SyntaxErrorMessage) error).cause
                String where = cause.sourceLocator == null ? file : ScriptSources.pathOf(cause.sourceLocator)
                problems.add([(Object) where, (Object) cause.line, (Object) cause.originalMessage])
            } else if (error instanceof ExceptionMessage) problems.add([(Object) file, (Object) 0, (Object) String.valueOf(((ExceptionMessage) error).cause)])
            else if (error instanceof SimpleMessage) problems.add([(Object) file, (Object) 0, (Object) ((SimpleMessage) error).message])
        }
        problems
    }
}
