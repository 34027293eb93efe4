package com.sap.it.api.msglog

import com.sap.gateway.ip.core.customdev.util.Message

interface MessageLogFactory {
    MessageLog getMessageLog(Message message)
}
