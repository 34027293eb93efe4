/** BPMN 2.0 semantic model. */
export const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL'

/** The extension elements and attributes of integration flows; three slashes are right. */
export const IFL = 'http:///com.sap.ifl.model/Ifl.xsd'

/** The drawing of a BPMN model. */
export const BPMNDI = 'http://www.omg.org/spec/BPMN/20100524/DI'

/** Declarations of namespaces (Namespaces in XML 1.0, section 3). */
export const XMLNS = 'http://www.w3.org/2000/xmlns/'

/** `xsi:type` and its like. */
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

/** Local names of BPMN flow nodes: what sequence flows connect. */
export const FLOW_NODE = /^(?:task|transaction|subProcess|adHocSubProcess)$|(?:Event|Task|Activity|Gateway)$/

/** Local names of what makes an event a timer, error, … event. */
export const EVENT_DEFINITION = /EventDefinition$/
