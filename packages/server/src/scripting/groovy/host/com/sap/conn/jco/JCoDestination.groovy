package com.sap.conn.jco

/* The connector to ABAP function modules does not exist here: scripts that use it load. */
interface JCoDestination {
}

interface JCoFunction {
}

class JCoException extends Exception {
}

class JCoDestinationManager {
    static JCoDestination getDestination(String name) {
        throw new UnsupportedOperationException('Expected an interface of the script API, found the connector to ABAP function modules, which does not exist here')
    }
}
