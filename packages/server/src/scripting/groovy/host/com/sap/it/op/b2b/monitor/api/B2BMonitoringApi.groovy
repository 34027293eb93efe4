package com.sap.it.op.b2b.monitor.api

import com.sap.it.api.ITApi
import sluice.script.B2BObject

/** Events for the original's B2B monitor. There is none here: scripts make and submit them, and they go nowhere. */
final class B2BMonitoringApi extends B2BObject implements ITApi {
}
