package sluice.script

import com.sap.it.api.asdk.datastore.DataStoreService
import com.sap.it.api.keystore.KeystoreService
import com.sap.it.api.mapping.ValueMappingApi
import com.sap.it.api.nrc.NumberRangeConfigurationService
import com.sap.it.api.pd.PartnerDirectoryService
import com.sap.it.api.securestore.SecureStoreService
import com.sap.it.op.b2b.monitor.api.B2BMonitoringApi
import groovy.transform.CompileStatic

/**
 * The services that scripts get by `ITApiFactory`, and by its elders `Factory` and `FrameworkUtil`. To add one, declare its interface under the original's name, write a class
 * that asks the server by `Worker.channel().upcall(service, arguments)`, and add a line here; the server's side of an upcall
 * is a line in `script-services.ts`.
 */
@CompileStatic
final class Services {
    private static final Map<Class<?>, Object> all = [
        (B2BMonitoringApi)               : new B2BMonitoringApi(),
        (DataStoreService)               : new DataStores(),
        (KeystoreService)                : new Keystore(),
        (NumberRangeConfigurationService): new NumberRanges(),
        (PartnerDirectoryService)        : new PartnerDirectory(),
        (SecureStoreService)             : new SecureStore(),
        (ValueMappingApi)                : new ValueMappings(),
    ] as Map<Class<?>, Object>

    static Object find(Class<?> type) {
        all.get(type)
    }
}
