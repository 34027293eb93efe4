package sluice.worker

import groovy.transform.CompileStatic

/**
 * Frames to and from the server: length of what follows (4 bytes), type (1 byte), a value as `ValueWriter` writes it. The
 * server asks one thing at a time; while it waits for the response, it answers upcalls.
 */
@CompileStatic
final class Channel {
    static final int READY = 0
    static final int REQUEST = 1
    static final int RESPONSE = 2
    static final int UPCALL = 3
    static final int REPLY = 4
    static final int PARTING = 5

    private final DataInputStream input
    private final OutputStream output
    private final Object turn = new Object()
    private volatile boolean answering = false

    Channel(InputStream input, OutputStream output) {
        this.input = new DataInputStream(new BufferedInputStream(input, 65536))
        this.output = output
    }

    void ready() {
        send(READY, null)
    }

    /** Waits for the next request; null when the server has gone. */
    List<Object> nextRequest() {
        try {
            Object request = receive(REQUEST)
            answering = true
            return (List<Object>) request
        } catch (EOFException ignored) {
            return null
        }
    }

    void respond(ValueWriter response) {
        synchronized (turn) {
            answering = false
            send(RESPONSE, response)
        }
    }

    /** Asks the server for something and waits for it. Throws `UpcallException` with what the server says is wrong. */
    Object upcall(String service, List<?> arguments) {
        synchronized (turn) {
            if (!answering) throw new IllegalStateException("Expected a message being processed, found none: ${service} is only there during a call")
            send(UPCALL, ValueWriter.of([service, arguments]))
            List<Object> reply = (List<Object>) receive(REPLY)
            if (reply.get(0) == Boolean.TRUE) return reply.get(1)
            throw new UpcallException(String.valueOf(reply.get(1)))
        }
    }

    /** The last words before the process ends, whatever it is doing. */
    void part(Object words) {
        send(PARTING, ValueWriter.of(words))
    }

    private Object receive(int expected) {
        byte[] frame = new byte[input.readInt()]
        input.readFully(frame)
        if (frame[0] != (byte) expected) throw new IllegalStateException("Expected a frame of type ${expected}, found ${frame[0]}")
        new ValueReader(frame, 1).read()
    }

    private void send(int type, ValueWriter value) {
        long length = 1 + (value == null ? 0L : value.length())
        if (length > Integer.MAX_VALUE) throw new IllegalStateException("Expected at most 2 GB, found ${length} bytes")
        byte[] head = new byte[5]
        head[0] = (byte) (length >>> 24)
        head[1] = (byte) (length >>> 16)
        head[2] = (byte) (length >>> 8)
        head[3] = (byte) length
        head[4] = (byte) type
        synchronized (output) {
            if (value == null) output.write(head)
            else value.writeTo(output, head)
            output.flush()
        }
    }
}
