package sluice.script

import com.sap.gateway.ip.core.customdev.util.AttachmentWrapper
import com.sap.gateway.ip.core.customdev.util.Message
import com.sap.gateway.ip.core.customdev.util.SoapHeader
import groovy.transform.CompileStatic
import org.apache.camel.Attachment
import org.apache.camel.Exchange

import javax.activation.DataHandler

/** The message of the call that is under way. Headers, properties and attachments are live: changing the maps changes it. */
@CompileStatic
final class ScriptMessage implements Message, ExchangeHolder {
    private final ClassLoader loader
    private final Content content
    private final ValueMap headers
    private final ValueMap properties
    private final Attachments attachments
    private final List<SoapHeader> soapHeaders = []
    private final ScriptLog log = new ScriptLog()
    /** What `message.exchange` gives: private in the original, but Groovy looks past that. */
    private final Exchange exchange
    /** What the script gets. */
    final Message facade

    /** `parts`: body, charset, headers, properties (both flat), attachments, and what is known of the run. */
    ScriptMessage(List<Object> parts, ClassLoader loader) {
        this.loader = loader
        content = new Content(parts.get(0), (String) parts.get(1), loader)
        headers = new ValueMap((List<Object>) parts.get(2), loader, false)
        properties = new ValueMap((List<Object>) parts.get(3), loader, true)
        attachments = new Attachments((List<Object>) parts.get(4))
        facade = (Message) Facade.of(this, Message, ExchangeHolder)
        exchange = (Exchange) Facade.of(new ScriptExchange(this, (Map<String, Object>) parts.get(5)), Exchange)
    }

    @Override
    Exchange getExchange() {
        exchange
    }

    /** Whether the body was too large to cross with the request. */
    boolean isLarge() {
        content.remote
    }

    ScriptLog log() {
        log
    }

    @Override
    <T> T getBody(Class<T> type) {
        content.to(type)
    }

    @Override
    Object getBody() {
        content.get()
    }

    @Override
    void setBody(Object body) {
        content.set(body)
    }

    @Override
    Map<String, DataHandler> getAttachments() {
        attachments.handlers()
    }

    @Override
    void setAttachments(Map<String, DataHandler> handlers) {
        Map<String, DataHandler> live = attachments.handlers()
        Map<String, DataHandler> given = new LinkedHashMap<>(handlers)
        live.clear()
        live.putAll(given)
    }

    @Override
    Map<String, Object> getHeaders() {
        headers
    }

    @Override
    <T> T getHeader(String name, Class<T> type) {
        Content.convert(headers.get(name), type, content.charset)
    }

    @Override
    void setHeaders(Map<String, Object> values) {
        replace(headers, values)
    }

    @Override
    void setHeader(String name, Object value) {
        headers.put(name, value)
    }

    @Override
    Map<String, Object> getProperties() {
        properties
    }

    @Override
    void setProperties(Map<String, Object> values) {
        replace(properties, values)
    }

    @Override
    void setProperty(String name, Object value) {
        properties.put(name, value)
    }

    @Override
    Object getProperty(String name) {
        properties.get(name)
    }

    @Override
    long getBodySize() {
        content.size()
    }

    @Override
    long getAttachmentsSize() {
        attachments.size()
    }

    @Override
    void addAttachmentHeader(String name, String value, AttachmentWrapper attachment) {
        attachment.addHeader(name, value)
    }

    @Override
    void setAttachmentHeader(String name, String value, AttachmentWrapper attachment) {
        attachment.setHeader(name, value)
    }

    @Override
    String getAttachmentHeader(String name, AttachmentWrapper attachment) {
        attachment.getHeader(name)
    }

    @Override
    void removeAttachmentHeader(String name, AttachmentWrapper attachment) {
        attachment.removeHeader(name)
    }

    @Override
    Map<String, AttachmentWrapper> getAttachmentWrapperObjects() {
        attachments.wrappers()
    }

    @Override
    void setAttachmentWrapperObjects(Map<String, AttachmentWrapper> wrappers) {
        Map<String, AttachmentWrapper> given = new LinkedHashMap<>(wrappers)
        attachments.wrappers().clear()
        attachments.wrappers().putAll(given)
    }

    @Override
    void addAttachmentObject(String name, AttachmentWrapper attachment) {
        attachments.wrappers().put(name, attachment)
    }

    @Override
    void addAttachmentHeader(String name, String value, Attachment attachment) {
        attachment.addHeader(name, value)
    }

    @Override
    void setAttachmentHeader(String name, String value, Attachment attachment) {
        attachment.setHeader(name, value)
    }

    @Override
    String getAttachmentHeader(String name, Attachment attachment) {
        attachment.getHeader(name)
    }

    @Override
    void removeAttachmentHeader(String name, Attachment attachment) {
        attachment.removeHeader(name)
    }

    @Override
    Map<String, Attachment> getAttachmentObjects() {
        attachments.objects()
    }

    @Override
    void setAttachmentObjects(Map<String, Attachment> objects) {
        attachments.handlers().clear()
        for (Map.Entry<String, Attachment> entry : objects.entrySet()) addAttachmentObject(entry.key, entry.value)
    }

    @Override
    void addAttachmentObject(String name, Attachment attachment) {
        attachments.wrappers().put(name, attachment instanceof AttachmentWrapper ? (AttachmentWrapper) attachment : new AttachmentWrapper(attachment.dataHandler))
    }

    @Override
    List<SoapHeader> getSoapHeaders() {
        soapHeaders
    }

    @Override
    void setSoapHeaders(List<SoapHeader> given) {
        List<SoapHeader> copy = new ArrayList<>(given)
        soapHeaders.clear()
        soapHeaders.addAll(copy)
    }

    @Override
    void clearSoapHeaders() {
        soapHeaders.clear()
    }

    /** `[body is another, body, headers, properties, attachments or null, entries of the log]` */
    List<Object> changes() {
        [(Object) content.isChanged(), content.changed(), (Object) headers.changes(), (Object) properties.changes(), (Object) attachments.changes(), (Object) log.entries]
    }

    private static void replace(ValueMap live, Map<String, Object> values) {
        if (live.is(values)) return
        Map<String, Object> given = new LinkedHashMap<>(values)
        live.clear()
        live.putAll(given)
    }
}
