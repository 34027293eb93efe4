package com.sap.it.api.asdk.datastore

import groovy.transform.CompileStatic

@CompileStatic
class DataConfig {
    String storeName
    /** Made when it is missing. */
    String id
    /** The ID of a flow; empty for the whole tenant. */
    String contextName
    boolean overwrite = false
    boolean encrypt = false
    /** In days. */
    int alertPeriod = 2
    /** In days. */
    int expirationPeriod = 30
}
