package org.apache.camel.component.xslt

import org.apache.camel.Endpoint
import org.apache.camel.builder.xml.XsltBuilder

/** A step of the runtime of the original, which has none here. */
abstract class XsltEndpoint implements Endpoint {
    XsltBuilder xslt
}
