package com.sap.gateway.ip.core.customdev.util

import groovy.transform.CompileStatic
import org.w3c.dom.Element
import org.xml.sax.InputSource
import sluice.worker.Later

import javax.xml.namespace.QName

@CompileStatic
class SoapHeader {
    QName qname
    Element element
    boolean mustUnderstand
    String actor

    SoapHeader(QName qname, Element element, boolean mustUnderstand, String actor) {
        this.qname = qname
        this.element = element
        this.mustUnderstand = mustUnderstand
        this.actor = actor
    }

    SoapHeader(QName qname, String element, boolean mustUnderstand, String actor) {
        this(qname, Later.Xml.parse(new InputSource(new StringReader(element))).documentElement, mustUnderstand, actor)
    }
}
