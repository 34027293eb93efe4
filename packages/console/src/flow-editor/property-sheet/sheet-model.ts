import { parseVariant } from '@sluice/iflow/bpmn'
import type { AdapterComponent, Components, PropertyComponent, StepComponent } from '../../api/components.ts'
import { adapterOf, directionOf, type ElementKind, kindOf, propertyOwner } from '../flow-elements.ts'
import { type ModdleElement, readProperties } from '../ifl-properties.ts'

/** What the sheet shows of one element. */
export interface SheetModel {
  readonly kind: ElementKind
  /** What the type is called, in English: `Content Modifier`, `HTTPS`; undefined where only its kind is known. */
  readonly typeLabel: string | undefined
  readonly doc: string | undefined
  /** `componentVersion`, and the versions that are supported. */
  readonly version: string | undefined
  readonly versions: { readonly from: string; readonly to: string } | undefined
  readonly direction: 'Sender' | 'Receiver' | undefined
  /** Fields of the registry. */
  readonly properties: readonly PropertyComponent[]
  /** What the file has, by key. */
  readonly values: ReadonlyMap<string, string>
  /** What the registry does not know of it. */
  readonly others: readonly (readonly [key: string, value: string])[]
}

/** Describes an element by the registry. */
export function describe(element: ModdleElement, components: Components): SheetModel {
  const kind = kindOf(element)
  const values = readProperties(propertyOwner(element))
  const component = componentOf(element, kind, values, components)
  const properties = component?.properties ?? []
  const known = new Set(properties.map(({ key }) => key))
  return {
    kind,
    typeLabel: component?.label ?? unknownLabel(element, kind, values),
    doc: component?.doc,
    version: values.get('componentVersion'),
    versions: component?.versions,
    direction: kind === 'channel' ? directionOf(element) : undefined,
    properties,
    values,
    others: [...values].filter(([key]) => !known.has(key)),
  }
}

interface Described {
  readonly label?: string
  readonly doc?: string
  readonly versions?: { readonly from: string; readonly to: string }
  readonly properties: readonly PropertyComponent[]
}

function componentOf(
  element: ModdleElement,
  kind: ElementKind,
  values: ReadonlyMap<string, string>,
  components: Components,
): Described | undefined {
  if (kind === 'step' || kind === 'exceptionSubprocess') return stepOf(element, values, components.steps)
  if (kind === 'channel') return adapterSide(element, components.adapters)
  if (kind === 'process' || kind === 'localProcess' || kind === 'flow' || kind === 'route')
    return { properties: components[kind] }
  return undefined
}

function adapterSide(channel: ModdleElement, adapters: readonly AdapterComponent[]): Described | undefined {
  const adapter = adapters.find(({ type }) => type === adapterOf(channel))
  const side = directionOf(channel) === 'Sender' ? adapter?.sender : adapter?.receiver
  return adapter && side && { ...side, label: adapter.label }
}

/**
 * The step that an element is: by the name of its variant or, in files from before there were variants and for events, by
 * what is said of a fresh one.
 */
export function stepOf(
  element: ModdleElement,
  values: ReadonlyMap<string, string>,
  steps: readonly StepComponent[],
): StepComponent | undefined {
  const tag = element.$type.replace('bpmn:', '').toLowerCase()
  const candidates = steps.filter(step => step.element.tag.toLowerCase() === tag)
  if (tag === 'startevent' || tag === 'endevent') {
    return candidates.find(step => step.element.event === eventOf(element))
  }
  const cname = parseVariant(values.get('cmdVariantUri') ?? '')?.cname
  if (cname) return candidates.find(({ type }) => type === cname)
  const telling = ['activityType', 'subActivityType', 'splitType', 'encoderType', 'mappingType', 'operation']
  const agrees = (step: StepComponent) =>
    telling.every(key => {
      const said = values.get(key)
      return said === undefined || step.element.properties[key] === undefined || said === step.element.properties[key]
    })
  return values.has('activityType') ? candidates.find(agrees) : undefined
}

function eventOf(element: ModdleElement): string | undefined {
  const [definition] = (element.get('eventDefinitions') ?? []) as readonly ModdleElement[]
  return definition && /^bpmn:(\w+)EventDefinition$/.exec(definition.$type)?.[1]?.toLowerCase()
}

function unknownLabel(
  element: ModdleElement,
  kind: ElementKind,
  values: ReadonlyMap<string, string>,
): string | undefined {
  if (kind === 'channel') return adapterOf(element) || undefined
  if (kind !== 'step') return undefined
  return parseVariant(values.get('cmdVariantUri') ?? '')?.cname || values.get('activityType') || undefined
}

/** The names of the tabs that properties are on, General aside, as the registry orders them. */
export function tabsOf(properties: readonly PropertyComponent[]): readonly string[] {
  return [...new Set(properties.map(({ tab }) => tab))].filter(tab => tab !== 'General')
}
