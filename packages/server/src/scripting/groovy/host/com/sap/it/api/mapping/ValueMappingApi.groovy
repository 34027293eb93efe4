package com.sap.it.api.mapping

import com.sap.it.api.ITApi

interface ValueMappingApi extends ITApi {
    /** Null where there is no such value. */
    String getMappedValue(String sourceAgency, String sourceIdentifier, String sourceValue, String targetAgency, String targetIdentifier)
}
