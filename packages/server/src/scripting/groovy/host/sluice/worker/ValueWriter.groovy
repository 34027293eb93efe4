package sluice.worker

import groovy.transform.CompileStatic
import org.w3c.dom.Node
import org.w3c.dom.NodeList
import sluice.script.Exceptions
import sluice.script.Markup

import java.nio.charset.StandardCharsets

/**
 * Writes values for `values.ts` of the server. Large byte arrays are not copied. What has no form of its own goes by Java
 * serialization; what cannot be serialized stays here, and a handle goes.
 */
@CompileStatic
final class ValueWriter {
    private static final int LARGE = 65536

    private final List<byte[]> segments = new ArrayList<>()
    private long done = 0
    private byte[] buffer = new byte[512]
    private int used = 0

    static ValueWriter of(Object value) {
        ValueWriter writer = new ValueWriter()
        writer.write(value)
        writer
    }

    long length() {
        done + used
    }

    void writeTo(OutputStream output, byte[] head) {
        if (segments.isEmpty() && used < LARGE) {
            byte[] all = new byte[head.length + used]
            System.arraycopy(head, 0, all, 0, head.length)
            System.arraycopy(buffer, 0, all, head.length, used)
            output.write(all)
            return
        }
        output.write(head)
        for (byte[] segment : segments) output.write(segment)
        output.write(buffer, 0, used)
    }

    void write(Object value) {
        if (value == null) tag(Tags.NULL)
        else if (value instanceof CharSequence) text(Tags.TEXT, value.toString())
        else if (value instanceof Boolean) tag(((Boolean) value).booleanValue() ? Tags.TRUE : Tags.FALSE)
        else if (value instanceof Integer) {
            tag(Tags.INTEGER)
            integer(((Integer) value).intValue())
        } else if (value instanceof Number) writeNumber((Number) value)
        else if (value instanceof Character) writeNumber('C', value.toString())
        else if (value instanceof byte[]) bytes(Tags.BYTES, (byte[]) value)
        else if (value instanceof Later) writeLater((Later) value)
        else if (value instanceof Throwable) writeThrowable((Throwable) value, 0)
        else if (value instanceof Node) writeXml((Node) value)
        else if (value instanceof NodeList) writeNodes((NodeList) value)
        else if (isPlainList(value)) writeList((Collection<?>) value)
        else if (isPlainMap(value)) writeMap((Map<?, ?>) value)
        else writeObject(value)
    }

    /** Lists and maps that another class may stand for; a class of its own behaviour is an object. */
    private static boolean isPlainList(Object value) {
        value instanceof List && (value.getClass().name.startsWith('java.') || value.getClass().name.startsWith('sluice.'))
    }

    private static boolean isPlainMap(Object value) {
        if (!(value instanceof Map)) return false
        String name = value.getClass().name
        name == 'java.util.LinkedHashMap' || name == 'java.util.HashMap' || name == 'groovy.json.internal.LazyMap' || name.startsWith('java.util.Collections$')
    }

    private void writeList(Collection<?> list) {
        tag(Tags.LIST)
        integer(list.size())
        for (Object item : list) write(item)
    }

    private void writeMap(Map<?, ?> map) {
        tag(Tags.MAP)
        integer(map.size())
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            write(entry.key)
            write(entry.value)
        }
    }

    private void writeNumber(Number number) {
        if (number instanceof Double) {
            double value = number.doubleValue()
            if (value != Math.rint(value)) {
                tag(Tags.DOUBLE)
                long bits = Double.doubleToLongBits(value)
                integer((int) (bits >>> 32))
                integer((int) bits)
            } else writeNumber('D', number.toString())
        } else if (number instanceof Long) writeNumber('L', number.toString())
        else if (number instanceof BigDecimal) writeNumber('B', number.toString())
        else if (number instanceof BigInteger) writeNumber('I', number.toString())
        else if (number instanceof Float) writeNumber('F', number.toString())
        else if (number instanceof Short) writeNumber('S', number.toString())
        else if (number instanceof Byte) writeNumber('Y', number.toString())
        else writeObject(number)
    }

    private void writeNumber(String kind, String digits) {
        tag(Tags.NUMBER)
        tag((int) kind.charAt(0))
        text(digits)
    }

    private void writeLater(Later value) {
        if (value instanceof Later.Serialized) {
            text(Tags.SERIALIZED, '')
            bytes(((Later.Serialized) value).bytes)
        } else if (value instanceof Later.KeptObject) writeKept(Kept.get(((Later.KeptObject) value).handle), ((Later.KeptObject) value).description)
        else write(value.get(ValueWriter.classLoader))
    }

    /** A failure that came from the server goes back as its index, another as its parts. */
    private void writeThrowable(Throwable exception, int depth) {
        tag(Tags.FAILURE)
        integer(Exceptions.indexOf(exception))
        text(exception.getClass().name)
        text(exception.message == null ? '' : exception.message)
        writeMap(Collections.emptyMap())
        if (exception.cause == null || exception.cause.is(exception) || depth > 8) tag(Tags.NULL)
        else writeThrowable(exception.cause, depth + 1)
    }

    private void writeXml(Node node) {
        tag(Tags.XML)
        tag(node.nodeType == Node.DOCUMENT_NODE ? 1 : 0)
        text(Markup.of(node))
    }

    private void writeNodes(NodeList nodes) {
        tag(Tags.LIST)
        integer(nodes.length)
        for (int i = 0; i < nodes.length; i++) write(nodes.item(i))
    }

    private void writeObject(Object value) {
        String description = describe(value)
        if (value instanceof Serializable) {
            try {
                ByteArrayOutputStream serialized = new ByteArrayOutputStream()
                ObjectOutputStream objects = new ObjectOutputStream(serialized)
                objects.writeObject(value)
                objects.flush()
                text(Tags.SERIALIZED, description)
                bytes(serialized.toByteArray())
                return
            } catch (IOException ignored) {
                // Something inside of it cannot be serialized.
            }
        }
        writeKept(value, description)
    }

    private void writeKept(Object value, String description) {
        text(Tags.KEPT, description)
        integer(Kept.put(value))
    }

    private static String describe(Object value) {
        try {
            return String.valueOf(value)
        } catch (Exception ignored) {
            return value.getClass().name
        }
    }

    private void tag(int code) {
        reserve(1)
        buffer[used++] = (byte) code
    }

    private void integer(int value) {
        reserve(4)
        buffer[used] = (byte) (value >>> 24)
        buffer[used + 1] = (byte) (value >>> 16)
        buffer[used + 2] = (byte) (value >>> 8)
        buffer[used + 3] = (byte) value
        used += 4
    }

    private void text(int code, String characters) {
        tag(code)
        text(characters)
    }

    private void text(String characters) {
        bytes(characters.getBytes(StandardCharsets.UTF_8))
    }

    private void bytes(int code, byte[] content) {
        tag(code)
        bytes(content)
    }

    private void bytes(byte[] content) {
        integer(content.length)
        if (content.length >= LARGE) {
            segments.add(Arrays.copyOf(buffer, used))
            segments.add(content)
            done += used + (long) content.length
            used = 0
            return
        }
        reserve(content.length)
        System.arraycopy(content, 0, buffer, used, content.length)
        used += content.length
    }

    private void reserve(int count) {
        if (used + count > buffer.length) buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, used + count))
    }
}
