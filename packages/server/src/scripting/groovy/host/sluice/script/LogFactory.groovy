package sluice.script

import com.sap.gateway.ip.core.customdev.util.Message
import com.sap.it.api.msglog.MessageLog
import com.sap.it.api.msglog.MessageLogFactory
import groovy.transform.CompileStatic

/** What scripts know as `messageLogFactory`. */
@CompileStatic
final class LogFactory implements MessageLogFactory {

    @Override
    MessageLog getMessageLog(Message message) {
        Object behind = Facade.behind(message)
        behind instanceof ScriptMessage ? ((ScriptMessage) behind).log() : null
    }
}
