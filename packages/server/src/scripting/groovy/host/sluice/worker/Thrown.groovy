package sluice.worker

import groovy.transform.CompileStatic

/** What is told of something thrown: a map of the exception and where it came from. */
@CompileStatic
final class Thrown {
    private static final int DEPTH = 8
    private static final int FRAMES = 60

    /** False once something was thrown after which nobody knows what else was lost: out of memory, out of stack, or worse. */
    static boolean sound = true

    static Map<String, Object> describe(Throwable thrown) {
        if (isFatal(thrown)) sound = false
        Map<String, Object> description = new LinkedHashMap<>()
        description.put('exception', thrown)
        description.put('frames', allFrames(thrown))
        description
    }

    private static boolean isFatal(Throwable thrown) {
        Throwable at = thrown
        for (int depth = 0; at != null && depth < DEPTH; depth++) {
            if (at instanceof VirtualMachineError) return true
            at = at.cause
        }
        false
    }

    /** The innermost cause first: it was where things went wrong. */
    private static List<List<Object>> allFrames(Throwable thrown) {
        List<Throwable> causes = []
        for (Throwable at = thrown; at != null && causes.size() < DEPTH; at = at.cause) causes.add(0, at)
        List<List<Object>> all = []
        for (Throwable cause : causes) all.addAll(frames(cause.stackTrace))
        all
    }

    static List<List<Object>> frames(StackTraceElement[] stack) {
        List<List<Object>> found = []
        for (StackTraceElement frame : stack) {
            if (found.size() >= FRAMES) break
            if (frame.fileName == null || frame.lineNumber < 0 || frame.className.startsWith('java.') || frame.className.startsWith('org.codehaus.groovy.')) continue
            found.add([(Object) frame.fileName, (Object) frame.lineNumber, (Object) frame.className])
        }
        found
    }
}
