package com.sap.it.op.b2b.monitor.api

/* Words that events for the B2B monitor use, as far as scripts are known to. */

enum BusinessDocumentDirection {
    INBOUND, MIDDLEWARE_LOCAL, OUTBOUND
}

enum BusinessTransactionDocumentType {
    REQUEST
}

enum BusinessTransactionStatus {
    FAILED, FINISHED, OPEN, RETRY
}

enum ErrorCategory {
    ACKNOWLEDGEMENT_OVERDUE, CONFIGURATION_ACCESS, DOCUMENT_TRANSMISSION, DOCUMENT_VALIDATION, OTHER
}

enum FunctionalAcknowledgementStatus {
    ACCEPTED, EXPECTED, NOT_EXPECTED, PARTIALLY_ACCEPTED, REJECTED
}

enum InterchangeDirection {
    IN, OUT
}

enum MonitoringReferenceType {
    MPL
}

enum ProcessingPhase {
    PAYLOAD_PLAIN, PAYLOAD_SNAPSHOT
}

enum ProcessingStatus {
    COMPLETED, FAILED, PROCESSING, RETRY, UNASSIGNED, WAITING_FOR_ACKNOWLEDGEMENT
}

enum TechnicalAcknowledgementStatus {
    ACKNOWLEDGED, EXPECTED, NOT_EXPECTED, REJECTED, WARNING
}

enum TradingPartnerAgreementStatus {
    FINISHED, OPEN, RETRY
}

enum TransmissionStatus {
    COMPLETED, FAILED, IN_TRANSMISSION
}
