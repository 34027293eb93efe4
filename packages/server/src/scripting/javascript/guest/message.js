// The message as scripts see it, and the log of its processing.

{
  const { sluice } = globalThis
  const { define, HashMap, JavaObject, JavaString, read, wrap, write } = sluice
  const { parse, stringify } = JSON

  /** Headers are looked up without regard to case. */
  class HeaderMap extends HashMap {
    keyOf(name) {
      return String(name).toLowerCase()
    }
  }

  /** A text that is still the body as it came: setting it as the body keeps every byte. */
  class OriginalBody extends JavaString {
    get isOriginal() {
      return true
    }
  }

  /** Content with a media type, under the names that scripts know it by. */
  class DataHandler extends JavaObject {
    constructor(content, contentType, name) {
      super()
      const inner = content instanceof DataHandler ? content : undefined
      const own = { content: inner?.content ?? content, contentType: inner?.contentType ?? contentType, name }
      for (const [key, value] of Object.entries(own)) Object.defineProperty(this, key, { value })
    }
    getContent() {
      return typeof this.content === 'function' ? wrap(this.content()) : wrap(this.content)
    }
    getContentType() {
      return wrap(this.contentType ?? 'application/octet-stream')
    }
    getName() {
      return wrap(this.name ?? '')
    }
    getDataHandler() {
      return this
    }
  }
  for (const name of [
    'javax.activation.DataHandler',
    'javax.mail.util.ByteArrayDataSource',
    'org.apache.camel.impl.DefaultAttachment',
    'com.sap.gateway.ip.core.customdev.util.AttachmentWrapper',
  ]) {
    define(name, class extends DataHandler {})
  }

  const typeName = type => (typeof type === 'function' && type.getName ? String(type.getName()) : String(type))
  /** A value as the type that a script asks for. */
  function as(type, value) {
    if (value === null || value === undefined) return null
    if (type === undefined) return wrap(value)
    switch (typeName(type)) {
      case 'java.lang.String':
        return ArrayBuffer.isView(value) ? new JavaString(value) : new JavaString(sluice.textOf(value))
      case 'java.lang.Object':
        return wrap(value)
      case '[B':
        return ArrayBuffer.isView(value) ? value : new JavaString(sluice.textOf(value)).getBytes()
      case 'java.lang.Integer':
      case 'java.lang.Long':
      case 'java.lang.Double':
        return sluice.classNamed(typeName(type)).valueOf(value)
      case 'java.lang.Boolean':
        return String(value).toLowerCase() === 'true'
      default:
        throw new TypeError(`Expected java.lang.String or byte[] to be asked for, found ${typeName(type)}`)
    }
  }

  class Message extends JavaObject {
    #headers
    #properties
    #attachments = new HashMap()
    #body
    #isBodySet = false

    constructor({ headers, properties, attachments }) {
      super()
      this.#headers = filled(new HeaderMap(), headers)
      this.#properties = filled(new HashMap(), properties)
      for (const [index, { name, contentType }] of attachments.entries()) {
        const content = () => sluice.attachmentText(index)
        this.#attachments.put(name, Object.assign(new DataHandler(content, contentType, name), { original: index }))
      }
    }
    getBody(type) {
      if (this.#isBodySet) return as(type, this.#body)
      if (!sluice.hasBody()) return null
      if (type !== undefined && typeName(type) === '[B') return sluice.bytes(sluice.bodyBytes())
      return type === undefined ? new OriginalBody(sluice.bodyText()) : as(type, sluice.bodyText())
    }
    setBody(body) {
      this.#isBodySet = !body?.isOriginal
      this.#body = body ?? null
    }
    getBodySize() {
      return as('[B', this.getBody('[B'))?.length ?? 0
    }
    getHeaders() {
      return this.#headers
    }
    setHeaders(headers) {
      this.#headers = new HeaderMap(headers)
    }
    getHeader(name, type) {
      return as(type, this.#headers.get(name))
    }
    setHeader(name, value) {
      this.#headers.put(name, value)
    }
    getProperties() {
      return this.#properties
    }
    setProperties(properties) {
      this.#properties = new HashMap(properties)
    }
    getProperty(name) {
      return this.#properties.get(name)
    }
    setProperty(name, value) {
      this.#properties.put(name, value)
    }
    getAttachments() {
      return this.#attachments
    }
    getAttachmentObjects() {
      return this.#attachments
    }
    getAttachmentWrapperObjects() {
      return this.#attachments
    }
    setAttachments(attachments) {
      this.#attachments = new HashMap(attachments)
    }
    addAttachmentObject(name, attachment) {
      this.#attachments.put(name, attachment)
    }
    removeAttachment(name) {
      this.#attachments.remove(name)
    }
    /** What the host is to make of the message: everything that it did not send as it is now. */
    written() {
      const attachments = Array.from(this.#attachments.entrySet(), entry => {
        const handler = entry.getValue()
        const name = String(entry.getKey())
        if (handler.original !== undefined) return { name, original: handler.original }
        const holder = handler instanceof DataHandler ? handler : new DataHandler(handler, 'text/plain')
        return { name, contentType: String(holder.getContentType()), content: write(holder.content) }
      })
      return {
        headers: write(this.#headers).entries,
        properties: write(this.#properties).entries,
        attachments,
        ...(this.#isBodySet && { body: write(this.#body) }),
      }
    }
  }
  for (const name of ['Body', 'Headers', 'Properties', 'Attachments']) {
    const get = function () {
      return this[`get${name}`]()
    }
    const set = function (value) {
      this[`set${name}`](value)
    }
    Object.defineProperty(Message.prototype, name.toLowerCase(), { get, set })
  }
  define('com.sap.gateway.ip.core.customdev.util.Message', Message)

  function filled(map, entries) {
    for (const [name, value] of entries) map.put(name, read(value))
    return map
  }
  /** Values that only the host can hold: what scripts see of them is their text. */
  class Kept extends JavaObject {
    constructor(written) {
      super()
      Object.defineProperty(this, 'written', { value: written })
    }
    getClass() {
      return { getName: () => wrap(this.written.className), getCanonicalName: () => wrap(this.written.className) }
    }
    getMessage() {
      return wrap(this.written.text)
    }
    toString() {
      return this.written.text
    }
  }
  sluice.readers.kept = written => new Kept(written)
  sluice.writers.push([Kept, ({ written }) => written], [DataHandler, handler => write(handler.content)])

  const log = []
  const messageLog = {
    addAttachmentAsString: (...texts) => void log.push(['attachment', ...texts.map(sluice.textOf)]),
    addCustomHeaderProperty: (...texts) => void log.push(['custom-header', ...texts.map(sluice.textOf)]),
  }
  for (const type of ['String', 'Boolean', 'Integer', 'Long', 'Double', 'Float', 'Date']) {
    messageLog[`set${type}Property`] = (...texts) => void log.push(['property', ...texts.map(sluice.textOf)])
  }
  globalThis.messageLogFactory = { getMessageLog: () => messageLog }

  let message
  let rejected
  /** Calls the function with the message; a promise is waited for by the host, which then asks for `finish`. */
  sluice.call = (call, json) => {
    message = new Message(parse(json))
    const result = call(message)
    if (!(result instanceof Promise)) return
    result.catch(error => {
      rejected = { error }
    })
  }
  sluice.finish = () => {
    if (rejected) throw rejected.error
    return stringify(message.written())
  }
  sluice.log = () => stringify(log)
  sluice.describe = error => {
    const isError = error instanceof Error
    return stringify({
      name: isError ? String(error.name) : '',
      message: isError ? String(error.message) : sluice.textOf(error),
      stack: isError ? String(error.stack) : '',
    })
  }
  sluice.openPackages()
}
