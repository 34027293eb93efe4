package com.sap.it.op.b2b.monitor.api.events

import sluice.script.B2BObject

/* What scripts tell the B2B monitor. */

class BusinessDocumentBulkCompletionEvent extends B2BObject {
}

class BusinessDocumentCreateEvent extends B2BObject {
}

class BusinessDocumentMappedEvent extends B2BObject {
}

class BusinessDocumentSentEvent extends B2BObject {
}

class BusinessDocumentSplitEvent extends B2BObject {
}

class BusinessDocumentUnassignedEvent extends B2BObject {
}

class ErrorEvent extends B2BObject {
}

class FunctionalAcknowledgementEvent extends B2BObject {
}

class FunctionalAcknowledgementReceivedEvent extends FunctionalAcknowledgementEvent {
}

class FunctionalAcknowledgementSentEvent extends FunctionalAcknowledgementEvent {
}

class OrphanedInterchangeErrorEvent extends B2BObject {
}

class TechnicalAcknowledgementEvent extends B2BObject {
}

class TechnicalAcknowledgementReceivedEvent extends TechnicalAcknowledgementEvent {
}

class TechnicalAcknowledgementSentEvent extends TechnicalAcknowledgementEvent {
}
