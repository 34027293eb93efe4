/** An element of bpmn-moddle's model, as far as the edits of these tests go. */
export interface Element {
  readonly $type: string
  readonly $children?: Element[]
  $body?: string
  id?: string
  name?: string
  default?: Element | undefined
  conditionExpression?: Element | undefined
  extensionElements?: Element | undefined
  values?: Element[]
  rootElements?: Element[]
  participants?: Element[]
  messageFlows?: Element[]
  flowElements?: Element[]
  eventDefinitions?: Element[]
  incoming?: Element[]
  outgoing?: Element[]
  sourceRef?: Element
  targetRef?: Element
  diagrams?: Element[]
  plane?: Element
  planeElement?: Element[]
  bpmnElement?: Element
  bounds?: Element
  waypoint?: Element[]
  body?: string
  x?: number
  y?: number
  $parent?: Element
}

interface Moddle {
  fromXML(text: string): Promise<{ readonly rootElement: Element }>
  toXML(element: Element, options: { readonly format: boolean }): Promise<{ readonly xml: string }>
  create(type: string, properties?: object): Element
  createAny(type: string, uri: string | undefined, properties: object): Element
}

// It has no types at its entry.
const { BpmnModdle } = (await import('bpmn-moddle' as string)) as { readonly BpmnModdle: new () => Moddle }

/** What the console's editor reads and writes flows with. */
export const moddle: Moddle = new BpmnModdle()

/** What the editor writes, laid out as it does. */
export async function write(element: Element): Promise<string> {
  return (await moddle.toXML(element, { format: true })).xml
}

/** A property of an integration flow, as the editor makes one. */
export function makeProperty(key: string, value: string): Element {
  const uri = 'http:///com.sap.ifl.model/Ifl.xsd'
  const $children = [
    moddle.createAny('key', undefined, { $body: key }),
    moddle.createAny('value', undefined, { $body: value }),
  ]
  return moddle.createAny('ifl:property', uri, { $children })
}

/** A fresh element below another one; who lists it does the rest. */
export function make(type: string, $parent: Element | undefined, properties: object = {}): Element {
  return Object.assign(moddle.create(type, properties), { $parent })
}

/** The properties of an element, without those inside of event definitions. */
export function propertiesOf(element: Element): Element[] {
  return (element.extensionElements?.values ?? []).filter(value => value.$type === 'ifl:property')
}

/** The text of a property's key or value; undefined where it has none. */
export function partOf(property: Element, part: 'key' | 'value'): Element | undefined {
  return property.$children?.find(child => child.$type === part)
}

/** All elements of the model, without the drawing. */
export function elementsOf(element: Element): Element[] {
  const { rootElements = [], participants = [], messageFlows = [], flowElements = [] } = element
  const inside = [...rootElements, ...participants, ...messageFlows, ...flowElements]
  return [element, ...inside.flatMap(elementsOf)]
}
