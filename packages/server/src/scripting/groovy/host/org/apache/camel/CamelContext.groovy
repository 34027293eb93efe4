package org.apache.camel

interface CamelContext {
    String getName()

    Map<String, Object> getEndpointMap()

    Collection<Object> getEndpoints()

    Object getRegistry()
}
