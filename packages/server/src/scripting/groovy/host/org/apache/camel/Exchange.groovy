package org.apache.camel

interface Exchange {
    Object getProperty(String name)

    def <T> T getProperty(String name, Class<T> type)

    void setProperty(String name, Object value)

    Map<String, Object> getProperties()

    Message getIn()

    Message getOut()

    String getExchangeId()

    CamelContext getContext()

    Exception getException()

    void setException(Throwable exception)
}
