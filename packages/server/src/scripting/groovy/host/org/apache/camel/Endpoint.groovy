package org.apache.camel

interface Endpoint {
    String getEndpointUri()

    CamelContext getCamelContext()
}
