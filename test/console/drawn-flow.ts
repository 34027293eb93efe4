/** Where an element is on the diagram. */
interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A flow with a diagram: systems on the left, below them their processes in rows, steps from left to right. */
export function drawn(text: string): string {
  const boxes = new Map<string, Box>()
  const systems = [...text.matchAll(/<bpmn2:participant id="([^"]+)"(?![^>]*processRef)/g)].map(([, id = '']) => id)
  for (const [index, id] of systems.entries()) boxes.set(id, { x: 40 + index * 160, y: 20, width: 100, height: 80 })
  const processes = [...text.matchAll(/<bpmn2:process id="([^"]+)"[\s\S]*?<\/bpmn2:process>/g)]
  for (const [row, [content, process = '']] of processes.entries()) {
    const nodes = [...content.matchAll(/<bpmn2:(\w*(?:Event|Task|Activity|Gateway)) id="([^"]+)"/g)]
    const y = 140 + row * 200
    const pool = new RegExp(`<bpmn2:participant id="([^"]+)"[^>]*processRef="${process}"`).exec(text)?.[1] ?? ''
    boxes.set(pool, { x: 40, y, width: 80 + nodes.length * 140, height: 160 })
    for (const [column, [, tag = '', id = '']] of nodes.entries())
      boxes.set(id, nodeBox(tag, 100 + column * 140, y + 80))
  }
  const edges = [
    ...text.matchAll(/<bpmn2:(?:sequence|message)Flow id="([^"]+)"[^>]*sourceRef="([^"]+)" targetRef="([^"]+)"/g),
  ]
  const diagram = [
    ...Array.from(boxes, ([id, box]) => shapeText(id, box)),
    ...edges.map(([, id = '', source = '', target = '']) => edgeText(id, [boxes.get(source), boxes.get(target)])),
  ]
  const plane = `<bpmndi:BPMNPlane bpmnElement="Collaboration" id="Plane">${diagram.join('')}</bpmndi:BPMNPlane>`
  const namespaces = [
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"',
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"',
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"',
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  ]
  return text
    .replace('<bpmn2:definitions ', `<bpmn2:definitions ${namespaces.filter(each => !text.includes(each)).join(' ')} `)
    .replace(
      '</bpmn2:definitions>',
      `<bpmndi:BPMNDiagram id="Diagram">${plane}</bpmndi:BPMNDiagram></bpmn2:definitions>`,
    )
}

function nodeBox(tag: string, x: number, middle: number): Box {
  if (tag.endsWith('Event')) return { x, y: middle - 16, width: 32, height: 32 }
  if (tag.endsWith('Gateway')) return { x, y: middle - 20, width: 40, height: 40 }
  return { x, y: middle - 30, width: 100, height: 60 }
}

function shapeText(id: string, { x, y, width, height }: Box): string {
  const bounds = `<dc:Bounds height="${height}" width="${width}" x="${x}" y="${y}"/>`
  return `<bpmndi:BPMNShape bpmnElement="${id}" id="Shape_${id}">${bounds}</bpmndi:BPMNShape>`
}

/** Straight to what is next; above what lies between. */
function edgeText(id: string, [from, to]: readonly (Box | undefined)[]): string {
  if (!from || !to) return ''
  const [start, end] = [middleOf(from), middleOf(to)]
  const isLong = start.y === end.y && Math.abs(end.x - start.x) > 200
  const between = isLong ? [start, end].map(({ x, y }) => ({ x, y: y - 60 })) : []
  const points = [start, ...between, end].map(({ x, y }) => `<di:waypoint x="${x}" xsi:type="dc:Point" y="${y}"/>`)
  return `<bpmndi:BPMNEdge bpmnElement="${id}" id="Edge_${id}">${points.join('')}</bpmndi:BPMNEdge>`
}

function middleOf({ x, y, width, height }: Box): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 }
}
