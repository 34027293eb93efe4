import com.sap.gateway.ip.core.customdev.util.Message
import com.sap.it.api.ITApiFactory
import com.sap.it.api.pd.PartnerDirectoryService

/** Replaces the ID of a partner with what the partner directory says of it. */
Message processData(Message message) {
    def directory = ITApiFactory.getApi(PartnerDirectoryService.class, null)
    def partner = message.getBody(String)
    message.setProperty('partner', partner)
    message.setBody(directory.getParameter('Standard', partner, String.class) ?: 'unknown')
    return message
}
