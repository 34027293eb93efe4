package com.sap.xi.mapping.camel.valmap

/* Imported by scripts that do not use them. */
interface ValueMappingApiHandler {
}

class VMStore {
}

class VMValidationException extends Exception {
}
