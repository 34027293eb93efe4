package com.sap.it.api.pd

import groovy.transform.CompileStatic

@CompileStatic
class BinaryData {
    byte[] data
    String contentType

    BinaryData() {
    }

    BinaryData(byte[] data, String contentType) {
        this.data = data
        this.contentType = contentType
    }
}
