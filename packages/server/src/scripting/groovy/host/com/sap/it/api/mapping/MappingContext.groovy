package com.sap.it.api.mapping

interface MappingContext {
    String getHeader(String name)

    String getProperty(String name)

    void setHeader(String name, String value)

    void setProperty(String name, String value)
}
