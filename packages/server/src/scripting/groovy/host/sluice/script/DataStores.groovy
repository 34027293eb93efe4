package sluice.script

import com.sap.it.api.asdk.datastore.DataBean
import com.sap.it.api.asdk.datastore.DataConfig
import com.sap.it.api.asdk.datastore.DataStoreService
import groovy.transform.CompileStatic
import sluice.worker.Worker

@CompileStatic
final class DataStores implements DataStoreService {

    @Override
    DataBean get(String storeName, String id) {
        get(new DataConfig(storeName: storeName, id: id))
    }

    @Override
    DataBean get(DataConfig config) {
        bean((List<Object>) ask('dataStore.get', [config.contextName, config.storeName, config.id]))
    }

    @Override
    List<DataBean> select(String storeName, int count) {
        List<DataBean> beans = []
        for (Object entry : (List<Object>) ask('dataStore.select', [null, storeName, count])) beans.add(bean((List<Object>) entry))
        beans
    }

    @Override
    String put(DataBean bean, DataConfig config) {
        byte[] data = bean.dataAsArray == null ? new byte[0] : bean.dataAsArray
        (String) ask('dataStore.put', [
            config.contextName, config.storeName, config.id, data, bean.headers,
            config.overwrite, config.encrypt, config.alertPeriod, config.expirationPeriod,
        ])
    }

    @Override
    void delete(String storeName, String id) {
        delete(new DataConfig(storeName: storeName, id: id))
    }

    @Override
    void delete(DataConfig config) {
        ask('dataStore.delete', [config.contextName, config.storeName, config.id])
    }

    private static Object ask(String service, List<?> arguments) {
        Worker.channel().upcall(service, arguments)
    }

    private static DataBean bean(List<Object> entry) {
        if (entry == null) return null
        DataBean bean = new DataBean()
        bean.id = (String) entry.get(0)
        bean.dataAsArray = (byte[]) entry.get(1)
        bean.headers = (Map<String, Object>) entry.get(2)
        bean
    }
}
