import com.sap.gateway.ip.core.customdev.util.Message

Message processData(Message message) {
    message.setProperty('total', new XmlSlurper().parseText(message.getBody(String)).order.amount.sum { it.toBigDecimal() })
    return message
}
