package sluice.script

import com.sap.it.api.mapping.ValueMappingApi
import com.sap.it.api.nrc.NumberRangeConfigurationService
import com.sap.it.api.securestore.SecureStoreService
import groovy.transform.CompileStatic

/**
 * The services that scripts get by `ITApiFactory`. To add one, declare its interface under the original's name, write a class
 * that asks the server by `Worker.channel().upcall(service, arguments)`, and add a line here; the server's side of an upcall
 * is a line in `script-services.ts`.
 */
@CompileStatic
final class Services {
    private static final Map<Class<?>, Object> all = [
        (NumberRangeConfigurationService): new NumberRanges(),
        (SecureStoreService)             : new SecureStore(),
        (ValueMappingApi)                : new ValueMappings(),
    ] as Map<Class<?>, Object>

    static Object find(Class<?> type) {
        all.get(type)
    }
}
