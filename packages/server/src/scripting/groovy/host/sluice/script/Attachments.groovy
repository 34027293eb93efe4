package sluice.script

import com.sap.gateway.ip.core.customdev.util.AttachmentWrapper
import groovy.transform.CompileStatic
import org.apache.camel.Attachment
import sluice.worker.RemoteContent

import javax.activation.DataHandler
import javax.activation.DataSource

/** Attachments by name, as data handlers or with headers: two views of the same ones. Content is fetched when it is read. */
@CompileStatic
final class Attachments {
    private final Map<String, AttachmentWrapper> wrappers = new LinkedHashMap<>()
    private boolean seen = false

    /** `[name, media type, content]` each. */
    Attachments(List<Object> given) {
        for (Object item : given) {
            List<Object> parts = (List<Object>) item
            String name = (String) parts.get(0)
            wrappers.put(name, new AttachmentWrapper(new GivenSource(name, (String) parts.get(1), parts.get(2))))
        }
    }

    Map<String, AttachmentWrapper> wrappers() {
        seen = true
        wrappers
    }

    Map<String, Attachment> objects() {
        seen = true
        (Map) wrappers
    }

    Map<String, DataHandler> handlers() {
        seen = true
        new Handlers(wrappers)
    }

    long size() {
        long size = 0
        for (AttachmentWrapper wrapper : wrappers.values()) size += contentOf(wrapper.dataHandler).length
        size
    }

    /** Null when nobody looked; otherwise `[name, media type, content]` each, null for content that is still as it was given. */
    List<Object> changes() {
        if (!seen) return null
        List<Object> all = []
        for (Map.Entry<String, AttachmentWrapper> entry : wrappers.entrySet()) {
            DataHandler handler = entry.value.dataHandler
            DataSource source = handler.dataSource
            Object content = source instanceof GivenSource && source.name == entry.key ? null : contentOf(handler)
            all.add([entry.key, handler.contentType, content])
        }
        all
    }

    private static byte[] contentOf(DataHandler handler) {
        InputStream stream = handler.inputStream
        try {
            return stream.bytes
        } finally {
            stream.close()
        }
    }

    @CompileStatic
    private static final class GivenSource implements DataSource {
        private final String name
        private final String contentType
        private final Object content

        GivenSource(String name, String contentType, Object content) {
            this.name = name
            this.contentType = contentType
            this.content = content
        }

        @Override
        InputStream getInputStream() {
            content instanceof RemoteContent ? ((RemoteContent) content).stream() : new ByteArrayInputStream((byte[]) content)
        }

        @Override
        OutputStream getOutputStream() {
            throw new IOException('Expected an attachment that can be written, found one that can only be read')
        }

        @Override
        String getContentType() {
            contentType
        }

        @Override
        String getName() {
            name
        }
    }

    @CompileStatic
    private static final class Handlers extends AbstractMap<String, DataHandler> {
        private final Map<String, AttachmentWrapper> wrappers

        Handlers(Map<String, AttachmentWrapper> wrappers) {
            this.wrappers = wrappers
        }

        @Override
        DataHandler put(String name, DataHandler handler) {
            AttachmentWrapper before = wrappers.put(name, new AttachmentWrapper(handler))
            before == null ? null : before.dataHandler
        }

        @Override
        DataHandler remove(Object name) {
            AttachmentWrapper before = wrappers.remove(name)
            before == null ? null : before.dataHandler
        }

        @Override
        void clear() {
            wrappers.clear()
        }

        @Override
        Set<Map.Entry<String, DataHandler>> entrySet() {
            Map<String, DataHandler> handlers = new LinkedHashMap<>()
            for (Map.Entry<String, AttachmentWrapper> entry : wrappers.entrySet()) handlers.put(entry.key, entry.value.dataHandler)
            Collections.unmodifiableMap(handlers).entrySet()
        }
    }
}
