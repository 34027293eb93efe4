package com.sap.gateway.ip.core.customdev.util

import groovy.transform.CompileStatic
import org.apache.camel.impl.DefaultAttachment

import javax.activation.DataHandler
import javax.activation.DataSource

@CompileStatic
class AttachmentWrapper extends DefaultAttachment {
    AttachmentWrapper(DataHandler handler) {
        super(handler)
    }

    AttachmentWrapper(DataSource source) {
        super(source)
    }
}
