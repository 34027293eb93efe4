import com.sap.gateway.ip.core.customdev.util.Message

/** Says in the message processing log which order it is, and keeps the order beside the log. */
Message processData(Message message) {
    def body = message.getBody(String)
    def order = new XmlSlurper().parseText(body)
    def log = messageLogFactory.getMessageLog(message)
    log.addCustomHeaderProperty('po_number', order.id.text())
    log.addAttachmentAsString('Order', body, 'text/xml')
    message.setHeader('SAP_ApplicationID', order.id.text())
    message.setHeader('OrderKind', 'standard')
    message.setProperty('orderId', order.id.text())
    return message
}
