package sluice.script

import groovy.transform.CompileStatic
import org.apache.camel.converter.stream.InputStreamCache
import org.w3c.dom.Document
import org.w3c.dom.Node
import org.xml.sax.InputSource
import sluice.worker.Later
import sluice.worker.RemoteContent

import javax.activation.DataHandler
import javax.xml.transform.Source
import javax.xml.transform.dom.DOMSource
import javax.xml.transform.stream.StreamSource
import java.nio.charset.Charset
import java.nio.charset.StandardCharsets

/** The body, and how values become what a script asks for. Text is a String, bytes are a stream that can be read again. */
@CompileStatic
final class Content {
    final String charset
    private final ClassLoader loader
    private final Object given
    private Object body
    private boolean made = false
    private boolean changed = false

    Content(Object given, String charset, ClassLoader loader) {
        this.given = given
        this.charset = charset
        this.loader = loader
    }

    /** Whether it stayed on the other side until somebody looked. */
    boolean isRemote() {
        given instanceof RemoteContent
    }

    Object get() {
        if (!made) {
            body = make()
            made = true
        }
        if (body instanceof InputStreamCache && !changed) ((InputStreamCache) body).reset()
        body
    }

    void set(Object value) {
        if (made && !changed && body.is(value)) return
        body = value
        made = true
        changed = true
    }

    /** Streams of large content are read piece by piece. */
    def <T> T to(Class<T> type) {
        if (!made && given instanceof RemoteContent) {
            RemoteContent remote = (RemoteContent) given
            if (type == InputStream) return (T) remote.stream()
            if (type == Reader) return (T) new InputStreamReader(remote.stream(), remote.text ? StandardCharsets.UTF_8 : Charset.forName(charset))
        }
        convert(get(), type, charset)
    }

    long size() {
        if (!made && given instanceof RemoteContent) return ((RemoteContent) given).size
        Object value = get()
        if (value == null) return 0
        bytesOf(value, charset).length
    }

    boolean isChanged() {
        // An object that the script has seen may have been changed in place.
        changed || (made && (given instanceof Later || given instanceof List || given instanceof Map))
    }

    Object changed() {
        isChanged() ? outgoing(body, charset) : null
    }

    private Object make() {
        if (given instanceof RemoteContent) {
            RemoteContent remote = (RemoteContent) given
            return remote.text ? remote.utf8() : new InputStreamCache(remote.bytes())
        }
        if (given instanceof byte[]) return new InputStreamCache((byte[]) given)
        Later.resolve(given, loader)
    }

    /** Streams and readers as what they hold; everything else as it is. */
    static Object outgoing(Object value, String charset) {
        if (value instanceof InputStream) return bytesOf(value, charset)
        if (value instanceof Reader) return textOf(value, charset)
        if (value instanceof DataHandler) return ((DataHandler) value).inputStream.bytes
        if (value instanceof File) return ((File) value).bytes
        if (value instanceof char[]) return new String((char[]) value)
        value
    }

    /** Null when the value is null, or there is no way from its class to `type`. */
    static <T> T convert(Object value, Class<T> type, String charset) {
        if (value == null) return null
        if (type.isInstance(value)) return (T) value
        Object converted
        if (type == String || type == CharSequence || type == GString) converted = textOf(value, charset)
        else if (type == byte[]) converted = bytesOf(value, charset)
        else if (type == Reader) converted = new StringReader(textOf(value, charset))
        else if (type == InputStream || type == InputStreamCache || type == ByteArrayInputStream) converted = new InputStreamCache(bytesOf(value, charset))
        else if (type == Document || type == Node || type == org.w3c.dom.Element) converted = xmlOf(value, type, charset)
        else if (type == Source || type == StreamSource) converted = new StreamSource(new StringReader(textOf(value, charset)))
        else if (type == DOMSource) converted = new DOMSource((Node) xmlOf(value, Document, charset))
        else if (type == char[]) converted = textOf(value, charset).toCharArray()
        else if (Number.isAssignableFrom(type) || type == Boolean) converted = simpleOf(textOf(value, charset).trim(), type)
        else converted = null
        (T) converted
    }

    static String textOf(Object value, String charset) {
        if (value instanceof byte[]) return new String((byte[]) value, charset)
        if (value instanceof InputStreamCache) return new String(((InputStreamCache) value).content(), charset)
        if (value instanceof InputStream) return new String(bytesOf(value, charset), charset)
        if (value instanceof Reader) return ((Reader) value).text
        if (value instanceof char[]) return new String((char[]) value)
        if (value instanceof Node) return Markup.of((Node) value)
        if (value instanceof DataHandler) return new String(((DataHandler) value).inputStream.bytes, charset)
        if (value instanceof File) return ((File) value).getText(charset)
        value.toString()
    }

    static byte[] bytesOf(Object value, String charset) {
        if (value instanceof byte[]) return (byte[]) value
        if (value instanceof InputStreamCache) return ((InputStreamCache) value).content()
        if (value instanceof InputStream) return ((InputStream) value).bytes
        textOf(value, charset).getBytes(charset)
    }

    private static Object xmlOf(Object value, Class<?> type, String charset) {
        InputSource source = value instanceof byte[] || value instanceof InputStream
            ? new InputSource(new ByteArrayInputStream(bytesOf(value, charset)))
            : new InputSource(new StringReader(textOf(value, charset)))
        Document document = Later.Xml.parse(source)
        type == Document || type == Node ? document : document.documentElement
    }

    private static Object simpleOf(String text, Class<?> type) {
        if (type == Boolean) return Boolean.valueOf(text)
        if (text.isEmpty()) return null
        switch (type) {
            case Integer: return Integer.valueOf(text)
            case Long: return Long.valueOf(text)
            case Double: return Double.valueOf(text)
            case Float: return Float.valueOf(text)
            case Short: return Short.valueOf(text)
            case BigInteger: return new BigInteger(text)
            default: return new BigDecimal(text)
        }
    }
}
