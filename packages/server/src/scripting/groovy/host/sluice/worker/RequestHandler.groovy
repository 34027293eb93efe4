package sluice.worker

/** Answers requests of one kind. */
interface RequestHandler {

    /**
     * Returns the answer; what it throws is reported to whoever asked, with its class, message, causes and stack. During the
     * request it may ask the server by `channel.upcall(service, arguments)`.
     */
    Object handle(Object argument, Channel channel) throws Throwable
}
