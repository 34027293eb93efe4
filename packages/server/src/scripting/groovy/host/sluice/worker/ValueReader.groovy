package sluice.worker

import groovy.transform.CompileStatic

import java.nio.ByteBuffer
import java.nio.charset.StandardCharsets

/** Reads what `values.ts` of the server writes: a tag, then the value. */
@CompileStatic
final class ValueReader {
    private final byte[] frame
    private final ByteBuffer buffer

    ValueReader(byte[] frame, int offset) {
        this.frame = frame
        this.buffer = ByteBuffer.wrap(frame, offset, frame.length - offset)
    }

    Object read() {
        int tag = buffer.get()
        switch (tag) {
            case Tags.NULL: return null
            case Tags.TRUE: return Boolean.TRUE
            case Tags.FALSE: return Boolean.FALSE
            case Tags.INTEGER: return Integer.valueOf(buffer.getInt())
            case Tags.DOUBLE: return Double.valueOf(buffer.getDouble())
            case Tags.TEXT: return text()
            case Tags.BYTES: return bytes()
            case Tags.LIST: return list()
            case Tags.MAP: return map()
            case Tags.NUMBER: return number()
            case Tags.SERIALIZED:
                text()
                return new Later.Serialized(bytes())
            case Tags.KEPT:
                String description = text()
                return new Later.KeptObject(buffer.getInt(), description)
            case Tags.FAILURE: return new Later.Failure(buffer.getInt(), text(), text(), (Map<String, Object>) read(), read())
            case Tags.XML: return new Later.Xml(buffer.get() == (byte) 1, text())
            case Tags.REMOTE: return new RemoteContent(buffer.getInt(), buffer.get() == (byte) 1, buffer.getInt())
            default: throw new IllegalStateException("Expected a value, found tag ${tag}")
        }
    }

    private String text() {
        int length = buffer.getInt()
        int at = buffer.position()
        buffer.position(at + length)
        new String(frame, at, length, StandardCharsets.UTF_8)
    }

    private byte[] bytes() {
        byte[] content = new byte[buffer.getInt()]
        buffer.get(content)
        content
    }

    private List<Object> list() {
        int count = buffer.getInt()
        List<Object> items = new ArrayList<>(count)
        for (int i = 0; i < count; i++) items.add(read())
        items
    }

    private Map<Object, Object> map() {
        int count = buffer.getInt()
        Map<Object, Object> entries = new LinkedHashMap<>()
        for (int i = 0; i < count; i++) {
            Object key = read()
            entries.put(key, read())
        }
        entries
    }

    private Object number() {
        int kind = buffer.get()
        String digits = text()
        switch (kind) {
            case 76: return Long.valueOf(digits)
            case 66: return new BigDecimal(digits)
            case 73: return new BigInteger(digits)
            case 68: return Double.valueOf(digits)
            case 70: return Float.valueOf(digits)
            case 83: return Short.valueOf(digits)
            case 89: return Byte.valueOf(digits)
            default: return Character.valueOf(digits.charAt(0))
        }
    }
}
