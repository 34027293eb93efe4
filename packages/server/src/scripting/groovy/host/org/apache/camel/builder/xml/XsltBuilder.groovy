package org.apache.camel.builder.xml

/** Reached by an endpoint of the runtime of the original, which has none here. */
class XsltBuilder {
}
