import { IFL } from '@sluice/iflow/bpmn'

/** An element of the file as moddle holds it; what bpmn-js calls the business object of a shape. */
export interface ModdleElement {
  readonly $type: string
  readonly $parent?: ModdleElement
  /** Attributes that BPMN does not know, such as `ifl:type`. */
  readonly $attrs: Readonly<Record<string, string>>
  readonly $model: Moddle
  readonly id?: string
  readonly name?: string
  get(name: string): unknown
  set(name: string, value: unknown): void
}

/** Makes elements: those of BPMN, and any others. */
export interface Moddle {
  create(type: string, properties?: object): ModdleElement
  createAny(name: string, uri: string, properties?: object): ModdleElement
}

/** What `createAny` and the parser make of an element that BPMN does not know. */
interface AnyElement {
  readonly $type: string
  readonly $body?: string
  readonly $children?: readonly AnyElement[]
}

/** New values of an element's attributes and children, by their names in moddle; undefined takes one out. */
export interface ModdleChange {
  readonly target: ModdleElement
  readonly properties: Readonly<Record<string, unknown>>
}

/** An `ifl:property` for `extensionElements`. */
export function iflProperty(moddle: Moddle, key: string, value: string): ModdleElement {
  const $children = [moddle.createAny('key', '', { $body: key }), moddle.createAny('value', '', { $body: value })]
  return moddle.createAny('ifl:property', IFL, { $children })
}

/**
 * The `ifl:property` entries of an element, those in the definition of an event among them. A missing value is the empty
 * string; of a repeated key the last one counts.
 */
export function readProperties(element: ModdleElement): ReadonlyMap<string, string> {
  return new Map(holders(element).flatMap(holder => propertiesOf(holder).map(entry => [keyOf(entry), textOf(entry)])))
}

/**
 * What to change for an element's properties to have these values; undefined removes one. Those that are there stay where
 * they are; those that are not go where the kind of element has them: events but message events in their definition.
 */
export function propertyChanges(
  element: ModdleElement,
  values: Readonly<Record<string, string | undefined>>,
): ModdleChange[] {
  const places = holders(element)
  const current = readProperties(element)
  const wanted = new Map(Object.entries(values).filter(([key, value]) => current.get(key) !== value))
  if (wanted.size === 0) return []
  const added = [...wanted].filter(([key, value]) => value !== undefined && !current.has(key))
  return places.flatMap((holder, index) => {
    const additions = index === places.length - 1 ? added : []
    const changed = changedEntries(holder, wanted)
    return changed || additions.length > 0 ? [entriesChange(holder, changed ?? entriesOf(holder), additions)] : []
  })
}

/** The entries with the wanted values; undefined where there is nothing to change. */
function changedEntries(
  holder: ModdleElement,
  wanted: ReadonlyMap<string, string | undefined>,
): readonly AnyElement[] | undefined {
  const entries = entriesOf(holder)
  const properties = propertiesOf(holder)
  if (!properties.some(entry => wanted.has(keyOf(entry)))) return undefined
  return entries.flatMap(entry => {
    const key = keyOf(entry)
    if (entry.$type !== 'ifl:property' || !wanted.has(key)) return [entry]
    const value = wanted.get(key)
    if (value === undefined) return []
    const isLast = properties.findLast(other => keyOf(other) === key) === entry
    return [isLast ? (iflProperty(holder.$model, key, value) as unknown as AnyElement) : entry]
  })
}

function entriesChange(
  holder: ModdleElement,
  entries: readonly AnyElement[],
  additions: readonly (readonly [string, string | undefined])[],
): ModdleChange {
  const { $model } = holder
  const values = [...entries, ...additions.map(([key, value = '']) => iflProperty($model, key, value))]
  const extensions = holder.get('extensionElements') as ModdleElement | undefined
  if (extensions) return { target: extensions, properties: { values } }
  return { target: holder, properties: { extensionElements: $model.create('bpmn:ExtensionElements', { values }) } }
}

/** Where an element has properties; where one that it lacks belongs comes last. */
function holders(element: ModdleElement): readonly ModdleElement[] {
  const definitions = (element.get('eventDefinitions') ?? []) as readonly ModdleElement[]
  const definition = definitions.find(({ $type }) => $type !== 'bpmn:MessageEventDefinition')
  return definition ? [element, definition] : [element]
}

function entriesOf(holder: ModdleElement): readonly AnyElement[] {
  const extensions = holder.get('extensionElements') as ModdleElement | undefined
  return (extensions?.get('values') ?? []) as readonly AnyElement[]
}

function propertiesOf(holder: ModdleElement): readonly AnyElement[] {
  return entriesOf(holder).filter(({ $type }) => $type === 'ifl:property')
}

function keyOf(entry: AnyElement): string {
  return entry.$children?.find(({ $type }) => $type === 'key')?.$body ?? ''
}

function textOf(entry: AnyElement): string {
  return entry.$children?.find(({ $type }) => $type === 'value')?.$body ?? ''
}
