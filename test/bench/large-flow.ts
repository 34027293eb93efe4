const perRow = 15
const [stepWidth, stepHeight, columnWidth, rowHeight] = [100, 60, 150, 120]

/** The .iflw file of a flow of Content Modifiers in rows, `Step_1` to `Step_<steps>`, each connected with the next. */
export function largeFlow(steps: number): string {
  const ids = ['Start', ...Array.from({ length: steps }, (_, index) => `Step_${index + 1}`), 'End']
  const flows = ids.slice(1).map((id, index) => ({ id: `Flow_${index}`, from: ids[index] ?? '', to: id }))
  const rows = Math.ceil(ids.length / perRow)
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn2:definitions xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:ifl="http:///com.sap.ifl.model/Ifl.xsd" id="Definitions_1">
<bpmn2:collaboration id="Collaboration_1" name="Large">
<bpmn2:participant id="Pool" ifl:type="IntegrationProcess" name="Integration Process" processRef="Process_1"/>
</bpmn2:collaboration>
<bpmn2:process id="Process_1" name="Integration Process">
${ids.map(nodeText).join('\n')}
${flows.map(({ id, from, to }) => `<bpmn2:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`).join('\n')}
</bpmn2:process>
<bpmndi:BPMNDiagram id="Diagram_1"><bpmndi:BPMNPlane bpmnElement="Collaboration_1" id="Plane_1">
${shapeText('Pool', [20, 20], [40 + perRow * columnWidth, 40 + rows * rowHeight])}
${ids.map((id, index) => shapeText(id, placeOf(index), sizeOf(id))).join('\n')}
${flows.map(({ id }, index) => edgeText(id, index)).join('\n')}
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn2:definitions>
`
}

function nodeText(id: string): string {
  if (id === 'Start')
    return `<bpmn2:startEvent id="Start" name="Start"><bpmn2:messageEventDefinition/></bpmn2:startEvent>`
  if (id === 'End') return `<bpmn2:endEvent id="End" name="End"><bpmn2:messageEventDefinition/></bpmn2:endEvent>`
  const properties = {
    activityType: 'Enricher',
    cmdVariantUri: 'ctype::FlowstepVariant/cname::Enricher/version::1.6.1',
  }
  const texts = Object.entries(properties).map(
    ([key, value]) => `<ifl:property><key>${key}</key><value>${value}</value></ifl:property>`,
  )
  const name = `Content Modifier ${id.slice(5)}`
  return `<bpmn2:callActivity id="${id}" name="${name}"><bpmn2:extensionElements>${texts.join('')}</bpmn2:extensionElements></bpmn2:callActivity>`
}

function sizeOf(id: string): readonly [width: number, height: number] {
  return id.startsWith('Step') ? [stepWidth, stepHeight] : [32, 32]
}

function placeOf(index: number): readonly [x: number, y: number] {
  return [60 + (index % perRow) * columnWidth, 70 + Math.floor(index / perRow) * rowHeight]
}

function shapeText(id: string, [x, y]: readonly [number, number], [width, height]: readonly [number, number]): string {
  return `<bpmndi:BPMNShape bpmnElement="${id}" id="Shape_${id}"><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}"/></bpmndi:BPMNShape>`
}

function edgeText(id: string, index: number): string {
  const points = [placeOf(index), placeOf(index + 1)].map(([x, y]) => `<di:waypoint x="${x + 16}" y="${y + 16}"/>`)
  return `<bpmndi:BPMNEdge bpmnElement="${id}" id="Edge_${id}">${points.join('')}</bpmndi:BPMNEdge>`
}
