package com.sap.it.api.mapping

interface Output {
    void addValue(Object value)

    void addSuppress()

    void addContextChange()

    /** Whether a value of an argument stands for no value. */
    boolean isSuppress(String value)
}
