package com.sap.it.api.pd

import com.sap.it.api.ITApi

interface PartnerDirectoryService extends ITApi {
    /** `type`: `String` or `BinaryData`. Null when the partner has no such parameter. */
    def <T> T getParameter(String parameterId, String partnerId, Class<T> type)

    String getPartnerId(String agency, String scheme, String alternativePartnerId)

    String getAlternativePartnerId(String agency, String scheme, String partnerId)

    List<String> getAuthorizedUsers(String partnerId)

    String getPartnerIdOfAuthorizedUser(String user)
}
