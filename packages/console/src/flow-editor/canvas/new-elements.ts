import type { Components } from '../../api/components.ts'
import type { DiagramElement, Point } from '../diagram.ts'
import {
  type ContainerKind,
  containers,
  type ElementTemplate,
  participantProperties,
  stepTemplate,
} from '../element-templates.ts'
import { iflProperty, type Moddle, type ModdleElement } from '../ifl-properties.ts'

interface ElementFactory {
  createShape(attributes: object): DiagramElement
  createConnection(attributes: object): DiagramElement
}

type IdModdle = Moddle & { readonly ids: { assigned(id: string): unknown; claim(id: string, of: object): void } }

/** Makes elements for a diagram as the registry's templates have them; they are in it once they are placed. */
export class NewElements {
  static readonly $inject = ['moddle', 'elementFactory', 'components']
  readonly components: Components
  readonly #moddle: IdModdle
  readonly #factory: ElementFactory

  constructor(moddle: IdModdle, factory: ElementFactory, components: Components) {
    this.#moddle = moddle
    this.#factory = factory
    this.components = components
  }

  /** A step by its type in the registry, such as `Enricher`. */
  step(type: string, at: Point = { x: 0, y: 0 }): DiagramElement {
    const component = this.components.steps.find(step => step.type === type)
    if (!component) throw new Error(`Expected a type of the registry, found "${type}"`)
    return this.#shape(stepTemplate(component), at)
  }

  /** A participant, a process or an exception subprocess, with what is in a fresh one; the container comes first. */
  container(kind: ContainerKind): readonly DiagramElement[] {
    if (kind === 'sender' || kind === 'receiver') return [this.#participant(kind)]
    if (kind === 'exceptionSubprocess') return this.#exceptionSubprocess()
    const pool = this.#pool(kind)
    const isLocal = kind === 'localProcess'
    const start = this.step(isLocal ? 'StartEvent' : 'MessageStartEvent', { x: 42, y: 94 })
    const end = this.step(isLocal ? 'EndEvent' : 'MessageEndEvent', { x: 466, y: 94 })
    return filled(pool, [start, end], this.#flow(start, end))
  }

  /** A channel between a participant and a step. */
  channel(name: string, properties: Readonly<Record<string, string>>): ModdleElement {
    return this.#element('messageFlow', { idPrefix: 'MessageFlow', name, properties })
  }

  /** What a sequence flow that leaves a Router begins with. */
  routeExtensions(): ModdleElement {
    const { condition: _, ...properties } = this.components.templates.route
    return this.#extensions(properties).extensionElements
  }

  #shape(template: ElementTemplate, { x, y }: Point): DiagramElement {
    const { tag, event, loop, width, height } = template
    const inEvent = event === 'timer' || event === 'error' || event === 'escalation'
    const element = this.#element(tag, inEvent ? { ...template, properties: {} } : template)
    if (event) {
      const type = `bpmn:${event[0]?.toUpperCase()}${event.slice(1)}EventDefinition`
      const definition = this.#moddle.create(type, inEvent ? this.#extensions(template.properties) : {})
      element.set('eventDefinitions', [definition])
      Object.assign(definition, { $parent: element })
    }
    if (loop) {
      const id = this.#freeId('StandardLoopCharacteristics')
      const characteristics = { id, loopMaximum: loop.maximum }
      element.set('loopCharacteristics', this.#moddle.create('bpmn:StandardLoopCharacteristics', characteristics))
      element.set('extensionElements', this.#extensions({ ...template.properties, loopId: id }).extensionElements)
    }
    return this.#factory.createShape({ type: element.$type, businessObject: element, x, y, width, height })
  }

  #participant(kind: 'sender' | 'receiver'): DiagramElement {
    const { name, iflType } = containers[kind]
    const properties = participantProperties[kind]
    const element = this.#element('participant', { idPrefix: 'Participant', name, properties })
    element.set('ifl:type', iflType)
    return this.#factory.createShape({ type: 'bpmn:Participant', businessObject: element, width: 100, height: 140 })
  }

  #pool(kind: 'process' | 'localProcess'): DiagramElement {
    const { name, iflType } = containers[kind]
    const properties = this.components.templates[kind]
    const process = this.#element('process', { idPrefix: 'Process', name, properties })
    const element = this.#element('participant', { idPrefix: 'Participant', name, properties: {} })
    element.set('ifl:type', iflType)
    element.set('processRef', process)
    const attributes = { type: 'bpmn:Participant', businessObject: element }
    return this.#factory.createShape({ ...attributes, x: 0, y: 0, width: 540, height: 220 })
  }

  #exceptionSubprocess(): readonly DiagramElement[] {
    const { name } = containers.exceptionSubprocess
    const properties = this.components.templates.exceptionSubprocess
    const element = this.#element('subProcess', { idPrefix: 'SubProcess', name, properties })
    const attributes = { type: 'bpmn:SubProcess', businessObject: element, isExpanded: true }
    const shape = this.#factory.createShape({ ...attributes, x: 0, y: 0, width: 400, height: 140 })
    const start = this.step('ErrorStartEvent', { x: 50, y: 56 })
    const end = this.step('MessageEndEvent', { x: 318, y: 56 })
    return filled(shape, [start, end], this.#flow(start, end))
  }

  #flow(source: DiagramElement, target: DiagramElement): DiagramElement {
    const element = this.#element('sequenceFlow', { idPrefix: 'SequenceFlow', properties: {} })
    const y = source.y + source.height / 2
    const waypoints = [
      { x: source.x + source.width, y },
      { x: target.x, y },
    ]
    return this.#factory.createConnection({
      type: 'bpmn:SequenceFlow',
      businessObject: element,
      source,
      target,
      waypoints,
    })
  }

  #element(
    tag: string,
    { idPrefix, name, properties }: { idPrefix: string; name?: string; properties: Readonly<Record<string, string>> },
  ): ModdleElement {
    const type = `bpmn:${tag[0]?.toUpperCase()}${tag.slice(1)}`
    const element = this.#moddle.create(type, {
      id: this.#freeId(idPrefix),
      ...(name !== undefined && { name }),
      ...(Object.keys(properties).length > 0 && this.#extensions(properties)),
    })
    this.#moddle.ids.claim(element.id ?? '', element)
    return element
  }

  #extensions(properties: Readonly<Record<string, string>>): { extensionElements: ModdleElement } {
    const values = Object.entries(properties).map(([key, value]) => iflProperty(this.#moddle, key, value))
    return { extensionElements: this.#moddle.create('bpmn:ExtensionElements', { values }) }
  }

  #freeId(prefix: string): string {
    for (let number = 1; ; number += 1) {
      const id = `${prefix}_${number}`
      if (!this.#moddle.ids.assigned(id)) return id
    }
  }
}

function filled(
  container: DiagramElement,
  children: readonly DiagramElement[],
  flow: DiagramElement,
): readonly DiagramElement[] {
  for (const child of [...children, flow]) Object.assign(child, { parent: container })
  return [container, ...children, flow]
}
