package sluice.worker

import groovy.transform.CompileStatic

/**
 * The process that runs Java and Groovy for the server, one request after the other. What programs print goes to standard
 * error; standard output belongs to the frames.
 */
@CompileStatic
final class Worker {
    private static Channel channel

    static Channel channel() {
        channel
    }

    static void main(String[] arguments) {
        channel = new Channel(System.in, new FileOutputStream(FileDescriptor.out))
        System.setIn(new ByteArrayInputStream(new byte[0]))
        System.setOut(System.err)
        Map<String, RequestHandler> handlers = Requests.all()
        speakWhenEnded(Thread.currentThread())
        endWithServer()
        channel.ready()
        for (List<Object> request = channel.nextRequest(); request != null; request = channel.nextRequest()) {
            release((List<Integer>) request.get(2), (List<Integer>) request.get(3))
            channel.respond(answer(handlers.get(request.get(0)), request.get(1)))
        }
        // Not `exit`: nobody waits for last words, nor for threads that scripts have left behind.
        Runtime.runtime.halt(0)
    }

    private static ValueWriter answer(RequestHandler handler, Object argument) {
        try {
            return ValueWriter.of([true, handler.handle(argument, channel), Thrown.sound])
        } catch (Throwable thrown) {
            return ValueWriter.of([false, Thrown.describe(thrown), Thrown.sound])
        }
    }

    private static void release(List<Integer> resources, List<Integer> handles) {
        for (Integer id : resources) Resources.release(id.intValue())
        for (Integer handle : handles) Kept.release(handle.intValue())
    }

    /** Says where the work was when the process is told to end, be it by the server or by `System.exit`. */
    private static void speakWhenEnded(Thread work) {
        Runtime.runtime.addShutdownHook(new Thread({
            channel.part(Thrown.frames(work.stackTrace))
            Runtime.runtime.halt(1)
        } as Runnable))
    }

    /** A script that never ends must not outlive a server that was killed. */
    private static void endWithServer() {
        // By reflection: Groovy 2.4 cannot call static methods of interfaces.
        ProcessHandle own = (ProcessHandle) ProcessHandle.getMethod('current').invoke(null)
        ProcessHandle server = own.parent().orElse(null)
        Thread watch = new Thread({
            while (server != null && server.alive) Thread.sleep(5000)
            Runtime.runtime.halt(1)
        } as Runnable)
        watch.setDaemon(true)
        watch.start()
    }
}
