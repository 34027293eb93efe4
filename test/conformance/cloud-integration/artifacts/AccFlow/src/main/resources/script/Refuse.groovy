import com.sap.gateway.ip.core.customdev.util.Message

Message processData(Message message) {
    throw new IllegalArgumentException("Order ${message.getProperty('orderId')} exceeds the limit")
}
