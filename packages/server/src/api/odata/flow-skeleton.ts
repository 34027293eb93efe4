/** The files of a new integration flow but those that every artifact has, by path: one process from start to end, no channels. */
export function flowFiles(id: string): Readonly<Record<string, string>> {
  return {
    'metainfo.prop': '#Store metainfo properties\ndescription=\n',
    'src/main/resources/parameters.prop': '',
    'src/main/resources/parameters.propdef': definitions,
    [`src/main/resources/scenarioflows/integrationflow/${id}.iflw`]: flow,
  }
}

const definitions = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<parameters><param_references/></parameters>
`

function property(key: string, value: string): string {
  return `<ifl:property><key>${key}</key><value>${value}</value></ifl:property>`
}

/** `extensionElements` with the component version and the variant that tell the original what an element is. */
function variant(componentVersion: string, cmdVariantUri: string, ...more: readonly string[]): string {
  const properties = [property('componentVersion', componentVersion), property('cmdVariantUri', cmdVariantUri), ...more]
  return `<bpmn2:extensionElements>${properties.join('')}</bpmn2:extensionElements>`
}

const namespaces = [
  'xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"',
  'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"',
  'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"',
  'xmlns:ifl="http:///com.sap.ifl.model/Ifl.xsd"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
].join(' ')

const flow = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn2:definitions ${namespaces} id="Definitions_1">
    <bpmn2:collaboration id="Collaboration_1" name="Default Collaboration">
        ${variant(
          '1.2',
          'ctype::IFlowVariant/cname::IFlowConfiguration/version::1.2.4',
          property('namespaceMapping', ''),
          property('allowedHeaderList', ''),
          property('httpSessionHandling', 'None'),
          property('returnExceptionToSender', 'false'),
          property('log', 'All events'),
        )}
        <bpmn2:participant id="Participant_Process_1" ifl:type="IntegrationProcess" name="Integration Process" processRef="Process_1">
            <bpmn2:extensionElements/>
        </bpmn2:participant>
    </bpmn2:collaboration>
    <bpmn2:process id="Process_1" name="Integration Process">
        ${variant(
          '1.2',
          'ctype::FlowElementVariant/cname::IntegrationProcess/version::1.2.1',
          property('transactionTimeout', '30'),
          property('transactionalHandling', 'Not Required'),
        )}
        <bpmn2:startEvent id="StartEvent_1" name="Start">
            ${variant('1.0', 'ctype::FlowstepVariant/cname::MessageStartEvent/version::1.0')}
            <bpmn2:outgoing>SequenceFlow_1</bpmn2:outgoing>
            <bpmn2:messageEventDefinition/>
        </bpmn2:startEvent>
        <bpmn2:endEvent id="EndEvent_1" name="End">
            ${variant('1.1', 'ctype::FlowstepVariant/cname::MessageEndEvent/version::1.1.0')}
            <bpmn2:incoming>SequenceFlow_1</bpmn2:incoming>
            <bpmn2:messageEventDefinition/>
        </bpmn2:endEvent>
        <bpmn2:sequenceFlow id="SequenceFlow_1" sourceRef="StartEvent_1" targetRef="EndEvent_1"/>
    </bpmn2:process>
    <bpmndi:BPMNDiagram id="BPMNDiagram_1" name="Default Collaboration Diagram">
        <bpmndi:BPMNPlane bpmnElement="Collaboration_1" id="BPMNPlane_1">
            <bpmndi:BPMNShape bpmnElement="Participant_Process_1" id="BPMNShape_Participant_Process_1">
                <dc:Bounds height="220.0" width="540.0" x="250.0" y="60.0"/>
            </bpmndi:BPMNShape>
            <bpmndi:BPMNShape bpmnElement="StartEvent_1" id="BPMNShape_StartEvent_1">
                <dc:Bounds height="32.0" width="32.0" x="292.0" y="142.0"/>
            </bpmndi:BPMNShape>
            <bpmndi:BPMNShape bpmnElement="EndEvent_1" id="BPMNShape_EndEvent_1">
                <dc:Bounds height="32.0" width="32.0" x="703.0" y="142.0"/>
            </bpmndi:BPMNShape>
            <bpmndi:BPMNEdge bpmnElement="SequenceFlow_1" id="BPMNEdge_SequenceFlow_1" sourceElement="BPMNShape_StartEvent_1" targetElement="BPMNShape_EndEvent_1">
                <di:waypoint x="308.0" xsi:type="dc:Point" y="158.0"/>
                <di:waypoint x="719.0" xsi:type="dc:Point" y="158.0"/>
            </bpmndi:BPMNEdge>
        </bpmndi:BPMNPlane>
    </bpmndi:BPMNDiagram>
</bpmn2:definitions>
`
