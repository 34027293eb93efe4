package sluice.script

import com.sap.it.api.msglog.MessageLog
import groovy.transform.CompileStatic

/** Collects what a script writes to the message processing log: `[kind, name, value, media type]` each. */
@CompileStatic
final class ScriptLog implements MessageLog {
    final List<Object> entries = []

    @Override
    void addAttachmentAsString(String name, String text, String mediaType) {
        entries.add(['attachment', name, text, mediaType])
    }

    @Override
    void setStringProperty(String name, String value) {
        entries.add(['property', name, value, null])
    }

    @Override
    void addCustomHeaderProperty(String name, String value) {
        entries.add(['header', name, value, null])
    }

    @Override
    void setBooleanProperty(String name, Boolean value) {
        setStringProperty(name, String.valueOf(value))
    }

    @Override
    void setIntegerProperty(String name, Integer value) {
        setStringProperty(name, String.valueOf(value))
    }

    @Override
    void setLongProperty(String name, Long value) {
        setStringProperty(name, String.valueOf(value))
    }

    @Override
    void setDoubleProperty(String name, Double value) {
        setStringProperty(name, String.valueOf(value))
    }

    @Override
    void setFloatProperty(String name, Float value) {
        setStringProperty(name, String.valueOf(value))
    }

    @Override
    void setDateProperty(String name, Date value) {
        setStringProperty(name, String.valueOf(value))
    }
}
