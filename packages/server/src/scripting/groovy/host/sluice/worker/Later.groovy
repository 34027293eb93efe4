package sluice.worker

import groovy.transform.CompileStatic
import org.w3c.dom.Document
import org.xml.sax.InputSource
import sluice.script.Exceptions

import javax.xml.parsers.DocumentBuilderFactory

/** A value that is only made when somebody looks at it. Whoever does not look sends it back as it came, or not at all. */
@CompileStatic
abstract class Later {
    private Object value
    private boolean made = false

    /** `loader` knows the classes of the program that asks. */
    Object get(ClassLoader loader) {
        if (!made) {
            value = make(loader)
            made = true
        }
        value
    }

    abstract protected Object make(ClassLoader loader)

    /** The value of `object`, also when it is one for later. Lists and maps are filled in place. */
    static Object resolve(Object object, ClassLoader loader) {
        if (object instanceof Later) return ((Later) object).get(loader)
        if (object instanceof RemoteContent) return ((RemoteContent) object).text ? ((RemoteContent) object).utf8() : ((RemoteContent) object).bytes()
        if (object instanceof List) {
            List<Object> list = (List<Object>) object
            for (int i = 0; i < list.size(); i++) list.set(i, resolve(list.get(i), loader))
        } else if (object instanceof Map) {
            for (Map.Entry<Object, Object> entry : ((Map<Object, Object>) object).entrySet()) entry.setValue(resolve(entry.getValue(), loader))
        }
        object
    }

    @CompileStatic
    static final class Serialized extends Later {
        final byte[] bytes

        Serialized(byte[] bytes) {
            this.bytes = bytes
        }

        @Override
        protected Object make(ClassLoader loader) {
            new LoadingInputStream(new ByteArrayInputStream(bytes), loader).readObject()
        }
    }

    @CompileStatic
    static final class KeptObject extends Later {
        final int handle
        final String description

        KeptObject(int handle, String description) {
            this.handle = handle
            this.description = description
        }

        @Override
        protected Object make(ClassLoader loader) {
            Object object = Kept.get(handle)
            if (object == null) throw new IllegalStateException("Expected ${description} of an earlier script, found that its process has ended")
            object
        }
    }

    /** A failure of the run as the exception that scripts know. */
    @CompileStatic
    static final class Failure extends Later {
        final int index
        final String className
        final String message
        final Map<String, Object> properties
        final Object cause

        Failure(int index, String className, String message, Map<String, Object> properties, Object cause) {
            this.index = index
            this.className = className
            this.message = message
            this.properties = properties
            this.cause = cause
        }

        @Override
        protected Object make(ClassLoader loader) {
            Throwable from = cause instanceof Failure ? (Throwable) ((Failure) cause).get(loader) : null
            Map<String, Object> resolved = (Map<String, Object>) resolve(properties, loader)
            Throwable exception = Exceptions.make(className, message, from, resolved)
            exception.setStackTrace(new StackTraceElement[0])
            Exceptions.remember(exception, index)
            exception
        }
    }

    @CompileStatic
    static final class Xml extends Later {
        final boolean document
        final String text

        Xml(boolean document, String text) {
            this.document = document
            this.text = text
        }

        @Override
        protected Object make(ClassLoader loader) {
            Document parsed = parse(new InputSource(new StringReader(text)))
            document ? parsed : parsed.documentElement
        }

        static Document parse(InputSource source) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance()
            factory.setNamespaceAware(true)
            factory.setFeature('http://apache.org/xml/features/disallow-doctype-decl', true)
            factory.newDocumentBuilder().parse(source)
        }
    }

    @CompileStatic
    private static final class LoadingInputStream extends ObjectInputStream {
        private final ClassLoader loader

        LoadingInputStream(InputStream input, ClassLoader loader) {
            super(input)
            this.loader = loader
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) {
            try {
                return Class.forName(description.name, false, loader)
            } catch (ClassNotFoundException ignored) {
                return super.resolveClass(description)
            }
        }
    }
}
