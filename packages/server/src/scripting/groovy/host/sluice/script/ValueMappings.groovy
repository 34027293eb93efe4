package sluice.script

import com.sap.it.api.mapping.ValueMappingApi
import groovy.transform.CompileStatic
import sluice.worker.Worker

@CompileStatic
final class ValueMappings implements ValueMappingApi {

    @Override
    String getMappedValue(String sourceAgency, String sourceIdentifier, String sourceValue, String targetAgency, String targetIdentifier) {
        (String) Worker.channel().upcall('valueMapping.lookup', [sourceAgency, sourceIdentifier, sourceValue, targetAgency, targetIdentifier])
    }
}
