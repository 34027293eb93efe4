import { applySplices, type Splice } from '../bpmn/edit.ts'
import { escapeAttribute, escapeText, isXmlText } from '../bpmn/escape.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { valueMappingFile } from './read-value-mapping.ts'
import { type PlacedEntry, type PlacedGroup, type PlacedGroups, placeGroups } from './value-groups.ts'

/** A bidirectional mapping: two kinds of values that groups translate into each other. Source is what the file has first. */
export interface ValueSchema {
  readonly sourceAgency: string
  readonly sourceIdentifier: string
  readonly targetAgency: string
  readonly targetIdentifier: string
}

/** One pair of values of a bidirectional mapping. */
export interface ValueMap {
  /** Of the group. */
  readonly id: string
  readonly sourceValue: string
  readonly targetValue: string
  /** What the target value goes back to, where several source values have it. */
  readonly isDefault: boolean
}

/** What an edit came to: the file as it is to be, and the pair that was asked for. */
export interface EditedValueMaps {
  readonly bytes: Uint8Array
  readonly map: ValueMap
}

/** Each entry of a group makes a bidirectional mapping with every other; those of the original's editor have two. */
const entriesMax = 100

/** Why there was nothing to edit. */
export type ValueMapProblem = 'no-schema' | 'no-map' | 'source-taken' | 'shared-group' | 'not-xml'

/** The bidirectional mappings of a `value_mapping.xml`, in the order of the file. `too-large`: a group of over 100 entries. */
export function readValueSchemas(bytes: Uint8Array): readonly ValueSchema[] | Diagnostic {
  const placed = placeGroups(bytes)
  if ('code' in placed) return placed
  const large = placed.groups.find(({ entries }) => entries.length > entriesMax)
  if (large) {
    const message = `Expected at most ${entriesMax} entries in a group, found ${large.entries.length}.`
    return { code: 'too-large', severity: 'error', message, at: { file: valueMappingFile, line: large.element.line } }
  }
  const schemas = new Map<string, ValueSchema>()
  for (const { entries } of placed.groups) {
    for (const [index, source] of entries.entries()) {
      for (const target of entries.slice(index + 1)) {
        const [from, to] = [
          JSON.stringify([source.agency, source.identifier]),
          JSON.stringify([target.agency, target.identifier]),
        ]
        if (from !== to && !schemas.has(`${to}${from}`) && !schemas.has(`${from}${to}`))
          schemas.set(`${from}${to}`, schemaOf(source, target))
      }
    }
  }
  return [...schemas.values()]
}

function schemaOf(source: PlacedEntry, target: PlacedEntry): ValueSchema {
  return {
    sourceAgency: source.agency,
    sourceIdentifier: source.identifier,
    targetAgency: target.agency,
    targetIdentifier: target.identifier,
  }
}

/** The pairs of values of one of them; none when the file has no such mapping. */
export function readValueMaps(bytes: Uint8Array, schema: ValueSchema): readonly ValueMap[] | Diagnostic {
  const placed = placeGroups(bytes)
  return 'code' in placed ? placed : pairsOf(placed, schema).map(mapOf)
}

interface Pair {
  readonly group: PlacedGroup
  readonly source: PlacedEntry
  readonly target: PlacedEntry
}

function pairsOf({ groups }: PlacedGroups, schema: ValueSchema): readonly Pair[] {
  return groups.flatMap(group => {
    const find = (agency: string, identifier: string) =>
      group.entries.find(entry => entry.agency === agency && entry.identifier === identifier)
    const source = find(schema.sourceAgency, schema.sourceIdentifier)
    const target = find(schema.targetAgency, schema.targetIdentifier)
    return source && target && source !== target ? [{ group, source, target }] : []
  })
}

function mapOf({ group, source, target }: Pair): ValueMap {
  return { id: group.id, sourceValue: source.value, targetValue: target.value, isDefault: source.isDefault }
}

/**
 * Adds a pair of values to a bidirectional mapping that has some, or changes one: that of `id`, else that of the source
 * value, which is there once. `newId` is for a pair that is added. All else stays byte by byte, but for which pair is the
 * default of a target value that has become ambiguous or unique.
 */
export function upsertValueMap(
  bytes: Uint8Array,
  schema: ValueSchema,
  {
    id,
    sourceValue,
    targetValue,
    newId,
  }: Omit<ValueMap, 'id' | 'isDefault'> & {
    readonly id: string | undefined
    readonly newId: string
  },
): EditedValueMaps | ValueMapProblem | Diagnostic {
  if (!isXmlText(sourceValue) || !isXmlText(targetValue)) return 'not-xml'
  const placed = placeGroups(bytes)
  if ('code' in placed) return placed
  const pairs = pairsOf(placed, schema)
  const last = pairs.at(-1)
  if (!last) return 'no-schema'
  const ofSource = pairs.find(({ source }) => source.value === sourceValue)
  const changed = id === undefined ? ofSource : pairs.find(({ group }) => group.id === id)
  if (id !== undefined && !changed) return 'no-map'
  if (changed && ofSource && changed.group !== ofSource.group) return 'source-taken'
  const splices = changed
    ? [...valueSplices(changed.source, sourceValue), ...valueSplices(changed.target, targetValue)]
    : [addition(last, newId, sourceValue, targetValue)]
  const edited = edit(bytes, placed, splices)
  const before = changed ? [changed.target.value] : []
  return finished(withDefaults(edited, schema, new Set([...before, targetValue])), schema, changed?.group.id ?? newId)
}

/** Makes a pair the default of its target value. Of a value that only one pair has, it is that anyway. */
export function setDefaultValueMap(
  bytes: Uint8Array,
  schema: ValueSchema,
  id: string,
): EditedValueMaps | ValueMapProblem | Diagnostic {
  const placed = placeGroups(bytes)
  if ('code' in placed) return placed
  const pairs = pairsOf(placed, schema)
  if (pairs.length === 0) return 'no-schema'
  const chosen = pairs.find(({ group }) => group.id === id)
  if (!chosen) return 'no-map'
  const same = pairs.filter(({ target }) => target.value === chosen.target.value)
  const splices = same.length === 1 ? [] : same.flatMap(pair => defaultSplices(placed, pair.source, pair === chosen))
  return finished(edit(bytes, placed, splices), schema, id)
}

/** Removes a bidirectional mapping with all its pairs. Groups that translate into a third kind of value, too, refuse it. */
export function deleteValueSchema(bytes: Uint8Array, schema: ValueSchema): Uint8Array | ValueMapProblem | Diagnostic {
  const placed = placeGroups(bytes)
  if ('code' in placed) return placed
  const pairs = pairsOf(placed, schema)
  if (pairs.length === 0) return 'no-schema'
  if (pairs.some(({ group }) => group.entries.length > 2)) return 'shared-group'
  const splices = pairs.map(({ group }) => ({ start: group.element.start, end: group.element.end, text: '' }))
  return edit(bytes, placed, splices)
}

function finished(bytes: Uint8Array, schema: ValueSchema, id: string): EditedValueMaps {
  const maps = readValueMaps(bytes, schema)
  const map = 'code' in maps ? undefined : maps.find(found => found.id === id)
  if (!map) throw new Error(`Expected "${id}" among the value maps after the edit`)
  return { bytes, map }
}

const byteOrderMark = Uint8Array.of(0xef, 0xbb, 0xbf)

function edit(bytes: Uint8Array, { text }: PlacedGroups, splices: readonly Splice[]): Uint8Array {
  if (splices.length === 0) return bytes
  const edited = new TextEncoder().encode(applySplices(text, splices))
  return byteOrderMark.every((byte, index) => bytes[index] === byte)
    ? Uint8Array.from([...byteOrderMark, ...edited])
    : edited
}

function valueSplices({ element, holder, value }: PlacedEntry, wanted: string): Splice[] {
  if (value === wanted && holder) return []
  const text = `<value>${escapeText(wanted)}</value>`
  if (!holder) return [{ start: element.contentEnd, end: element.contentEnd, text }]
  const { start, contentStart, contentEnd, end, name } = holder
  if (contentStart === end) return [{ start, end, text: `<${name}>${escapeText(wanted)}</${name}>` }]
  return [{ start: contentStart, end: contentEnd, text: escapeText(wanted) }]
}

function addition({ group, source, target }: Pair, id: string, sourceValue: string, targetValue: string): Splice {
  const entry = ({ agency, identifier }: PlacedEntry, value: string) =>
    `<entry><agency>${escapeText(agency)}</agency><schema>${escapeText(identifier)}</schema><value>${escapeText(value)}</value></entry>`
  const { end } = group.element
  const text = `<group id="${escapeAttribute(id)}">${entry(source, sourceValue)}${entry(target, targetValue)}</group>`
  return { start: end, end, text }
}

/** Of several pairs with one of these target values the first is the default unless one is; a single one is not marked. */
function withDefaults(bytes: Uint8Array, schema: ValueSchema, targetValues: ReadonlySet<string>): Uint8Array {
  const placed = placeGroups(bytes)
  if ('code' in placed) throw new Error(placed.message)
  const affected = pairsOf(placed, schema).filter(({ target }) => targetValues.has(target.value))
  const splices = [...Map.groupBy(affected, ({ target }) => target.value).values()].flatMap(pairs => {
    const [first] = pairs
    if (!first) return []
    if (pairs.length === 1) return defaultSplices(placed, first.source, false)
    return pairs.some(({ source }) => source.isDefault) ? [] : defaultSplices(placed, first.source, true)
  })
  return edit(bytes, placed, splices)
}

function defaultSplices({ text }: PlacedGroups, { element, isDefault }: PlacedEntry, wanted: boolean): Splice[] {
  if (isDefault === wanted) return []
  const tag = text.slice(element.start, element.contentStart)
  const found = /\s+isDefault\s*=\s*(?:"[^"]*"|'[^']*')/.exec(tag)
  const added = wanted ? ' isDefault="true"' : ''
  const start = element.start + (found?.index ?? 1 + element.name.length)
  return [{ start, end: start + (found?.[0].length ?? 0), text: added }]
}
