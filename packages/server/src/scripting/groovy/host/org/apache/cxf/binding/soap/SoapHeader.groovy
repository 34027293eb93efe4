package org.apache.cxf.binding.soap

import javax.xml.namespace.QName

class SoapHeader {
    QName name
    Object object
    String actor
    boolean mustUnderstand

    SoapHeader(QName name, Object object) {
        this.name = name
        this.object = object
    }
}
