package com.sap.it.op.b2b.monitor.api

import sluice.script.B2BObject

/* What events for the B2B monitor are about. */

class BusinessDocument extends B2BObject {
}

class BusinessDocumentPayload extends B2BObject {
}

class BusinessTransaction extends B2BObject {
}

class CustomObjects extends B2BObject {
}

class FunctionalAcknowledgement extends B2BObject {
}

class OrphanedInterchange extends B2BObject {
}

class TechnicalAcknowledgement extends B2BObject {
}

class TradingPartnerAgreement extends B2BObject {
}
