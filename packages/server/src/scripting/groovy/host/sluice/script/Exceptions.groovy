package sluice.script

import groovy.transform.CompileStatic

import java.lang.reflect.Constructor

/**
 * Failures as exceptions of the classes whose names scripts compare. Classes that nobody has are made when they are needed;
 * all of those answer `getX()` and `.x` for each property that the server gives.
 */
@CompileStatic
final class Exceptions {
    private static final GroovyClassLoader made = new GroovyClassLoader(Exceptions.classLoader)
    private static final Map<String, Class<?>> classes = new HashMap<>()
    /** Which failure of the server an exception stands for, so that it is the same one when it comes back. */
    private static final Map<Throwable, Integer> indexes = new IdentityHashMap<>()

    static Throwable make(String className, String message, Throwable cause, Map<String, Object> properties) {
        Class<?> type = classOf(className)
        Throwable exception = instance(type, message, cause)
        if (exception == null) exception = new ReportedException(message)
        if (cause != null && exception.cause == null) {
            try {
                exception.initCause(cause)
            } catch (IllegalStateException ignored) {
                // It was made with no cause, for good.
            }
        }
        if (exception instanceof ReportedException) ((ReportedException) exception).report(properties)
        exception
    }

    static void remember(Throwable exception, int index) {
        indexes.put(exception, Integer.valueOf(index))
    }

    static int indexOf(Throwable exception) {
        Integer index = indexes.get(exception)
        index == null ? -1 : index.intValue()
    }

    /** Call after each message. */
    static void forget() {
        indexes.clear()
    }

    private static Class<?> classOf(String name) {
        Class<?> known = classes.get(name)
        if (known != null) return known
        Class<?> found
        try {
            found = Class.forName(name, true, made)
        } catch (ClassNotFoundException | LinkageError ignored) {
            found = define(name)
        }
        if (!Throwable.isAssignableFrom(found)) found = ReportedException
        if (classes.size() < 1000) classes.put(name, found)
        found
    }

    private static Class<?> define(String name) {
        if (!(name ==~ /[A-Za-z_][\w]*(\.[A-Za-z_][\w]*)*/)) return ReportedException
        int dot = name.lastIndexOf('.')
        String place = dot < 0 ? '' : "package ${name.substring(0, dot)}\n"
        String simple = name.substring(dot + 1)
        try {
            return made.parseClass("${place}class ${simple} extends sluice.script.ReportedException { ${simple}(String message) { super(message) } }", "${simple}.groovy")
        } catch (Exception ignored) {
            return ReportedException
        }
    }

    private static Throwable instance(Class<?> type, String message, Throwable cause) {
        try {
            for (Constructor<?> constructor : type.declaredConstructors) {
                if (Arrays.equals(constructor.parameterTypes, [String] as Class<?>[])) return (Throwable) constructor.newInstance(message)
            }
            for (Constructor<?> constructor : type.declaredConstructors) {
                if (Arrays.equals(constructor.parameterTypes, [String, Throwable] as Class<?>[])) return (Throwable) constructor.newInstance(message, cause)
            }
        } catch (Exception ignored) {
            return null
        }
        null
    }
}
