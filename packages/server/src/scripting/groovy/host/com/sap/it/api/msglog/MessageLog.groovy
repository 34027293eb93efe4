package com.sap.it.api.msglog

interface MessageLog {
    void addAttachmentAsString(String name, String text, String mediaType)

    void addCustomHeaderProperty(String name, String value)

    void setStringProperty(String name, String value)

    void setBooleanProperty(String name, Boolean value)

    void setIntegerProperty(String name, Integer value)

    void setLongProperty(String name, Long value)

    void setDoubleProperty(String name, Double value)

    void setFloatProperty(String name, Float value)

    void setDateProperty(String name, Date value)
}
