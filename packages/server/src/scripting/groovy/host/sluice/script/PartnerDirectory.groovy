package sluice.script

import com.sap.it.api.pd.BinaryData
import com.sap.it.api.pd.PartnerDirectoryService
import groovy.transform.CompileStatic
import sluice.worker.Worker

@CompileStatic
final class PartnerDirectory implements PartnerDirectoryService {

    @Override
    def <T> T getParameter(String parameterId, String partnerId, Class<T> type) {
        if (type == String) return (T) ask('partner.stringParameter', partnerId, parameterId)
        if (type != BinaryData) throw new IllegalArgumentException("Expected String or BinaryData as the type of parameter ${parameterId}, found ${type?.name}")
        List<Object> found = (List<Object>) ask('partner.binaryParameter', partnerId, parameterId)
        found == null ? null : (T) new BinaryData((byte[]) found.get(0), (String) found.get(1))
    }

    @Override
    String getPartnerId(String agency, String scheme, String alternativePartnerId) {
        (String) ask('partner.id', agency, scheme, alternativePartnerId)
    }

    @Override
    String getAlternativePartnerId(String agency, String scheme, String partnerId) {
        (String) ask('partner.alternativeId', agency, scheme, partnerId)
    }

    @Override
    List<String> getAuthorizedUsers(String partnerId) {
        (List<String>) ask('partner.users', partnerId)
    }

    @Override
    String getPartnerIdOfAuthorizedUser(String user) {
        (String) ask('partner.idOfUser', user)
    }

    private static Object ask(String service, String... arguments) {
        Worker.channel().upcall(service, Arrays.asList(arguments))
    }
}
