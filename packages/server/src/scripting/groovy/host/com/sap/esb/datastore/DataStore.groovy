package com.sap.esb.datastore

/** Reached by the registry of the runtime of the original, which does not exist here. */
interface DataStore {
}

class Data {
}
