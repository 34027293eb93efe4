package sluice.script

import com.sap.it.api.nrc.NumberRangeConfigurationService
import groovy.transform.CompileStatic
import sluice.worker.Worker

@CompileStatic
final class NumberRanges implements NumberRangeConfigurationService {

    @Override
    String getNextValuefromNumberRange(String name, Object context) {
        getNextValuefromNumberRange(name)
    }

    @Override
    String getNextValuefromNumberRange(String name) {
        (String) Worker.channel().upcall('numberRange.next', [name])
    }
}
