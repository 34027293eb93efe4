package com.sap.it.api.asdk.datastore

import groovy.transform.CompileStatic

@CompileStatic
class DataBean {
    String id
    byte[] dataAsArray
    Map<String, Object> headers = new HashMap<>()

    InputStream getDataAsInputStream() {
        dataAsArray == null ? null : new ByteArrayInputStream(dataAsArray)
    }
}
