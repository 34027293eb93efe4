package com.sap.it.api.asdk.datastore

import com.sap.it.api.ITApi

/** Entries of data stores of the whole tenant, or of the flow that a `DataConfig` names as its context. */
interface DataStoreService extends ITApi {
    /** Null when there is none. */
    DataBean get(String storeName, String id)

    DataBean get(DataConfig config)

    /** At most `count`, oldest first. */
    List<DataBean> select(String storeName, int count)

    /** Returns the ID of the entry. */
    String put(DataBean bean, DataConfig config)

    void delete(String storeName, String id)

    void delete(DataConfig config)
}
