import {
  type EntitySet,
  type FunctionImport,
  findNavigation,
  findPath,
  type Model,
  type Navigation,
} from '../edm/model.ts'
import { ODataError } from '../error.ts'
import { type Key, type ParsedSegment, parseSegment, resolveKey } from './key.ts'

/** One stop on the way to the addressed entity or entities. */
export interface Step {
  readonly set: EntitySet
  /** Undefined: the whole set, or what a to-one navigation leads to. */
  readonly key: Key | undefined
  /** The navigation property that was followed; undefined for the first step. */
  readonly navigation: ({ readonly name: string } & Navigation) | undefined
}

/** One or more steps, of which all but the last lead to one entity. */
export type Steps = readonly [Step, ...Step[]]

/** What a URL addresses (OData V2 URI conventions, section 3). */
export type Resource =
  | { readonly kind: 'service-document' | 'metadata' | 'batch' }
  | { readonly kind: 'function-import'; readonly functionImport: FunctionImport }
  | { readonly kind: 'collection' | 'count' | 'entity' | 'media'; readonly steps: Steps }
  /** A property such as `Name` or `IntegrationArtifact/Id`; `isRaw` with `$value` after it. */
  | { readonly kind: 'property'; readonly steps: Steps; readonly path: string; readonly isRaw: boolean }
  /** `…/$links/Navigation('key')`: the last step is the link's target. */
  | { readonly kind: 'link'; readonly steps: Steps }

/** Finds out what percent-decoded path segments address. Throws `ODataError` (404) for names the model does not know. */
export function resolveResource(model: Model, segments: readonly string[]): Resource {
  const [first, ...rest] = segments
  if (first === undefined) return { kind: 'service-document' }
  if (rest.length === 0 && first === '$metadata') return { kind: 'metadata' }
  if (rest.length === 0 && first === '$batch') return { kind: 'batch' }
  const segment = parseSegment(first)
  const functionImport = model.findFunctionImport(segment.name)
  if (functionImport && rest.length === 0) return { kind: 'function-import', functionImport }
  const set = model.findSet(segment.name)
  if (!set) {
    throw new ODataError(
      'unknown-resource',
      `Expected an entity set or function import of the service, found "${first}"`,
    )
  }
  return follow(model, [{ set, key: keyOf(set, segment), navigation: undefined }], rest)
}

function keyOf(set: EntitySet, { predicate }: ParsedSegment): Key | undefined {
  return predicate && resolveKey(set.type, predicate)
}

/** Whether the steps lead to one entity at most. */
function isSingle({ key, navigation }: Step): boolean {
  return key !== undefined || navigation?.many === false
}

function lastOf(steps: Steps): Step {
  return steps.at(-1) ?? steps[0]
}

function follow(model: Model, steps: Steps, segments: readonly string[]): Resource {
  const last = lastOf(steps)
  const [first, ...rest] = segments
  if (first === undefined) return { kind: isSingle(last) ? 'entity' : 'collection', steps }
  if (!isSingle(last)) {
    if (first === '$count' && rest.length === 0) return { kind: 'count', steps }
    throw new ODataError('unknown-resource', `Expected "$count" or a key after "${last.set.name}", found "${first}"`)
  }
  if (first === '$value' && rest.length === 0 && last.set.type.hasStream) return { kind: 'media', steps }
  if (first === '$links' && rest.length === 1) return { kind: 'link', steps: stepInto(model, steps, rest[0] ?? '') }
  if (first === '$links' && rest.length === 2 && rest[1] === '$count') {
    return follow(model, stepInto(model, steps, rest[0] ?? ''), ['$count'])
  }
  const path = propertyPath(last.set, segments)
  if (path) return { kind: 'property', steps, ...path }
  return follow(model, stepInto(model, steps, first), rest)
}

function stepInto(model: Model, steps: Steps, text: string): Steps {
  const { set } = lastOf(steps)
  const segment = parseSegment(text)
  const declared = findNavigation(set.type, segment.name)
  if (!declared) {
    const expected = [...Object.keys(set.type.navigations ?? {}), ...Object.keys(set.type.properties)].join(', ')
    throw new ODataError('unknown-resource', `Expected one of ${expected} after "${set.name}", found "${text}"`)
  }
  const target = model.targetOf(declared)
  const key = keyOf(target, segment)
  return [...steps, { set: target, key, navigation: { name: segment.name, ...declared } }]
}

function propertyPath(set: EntitySet, segments: readonly string[]): { path: string; isRaw: boolean } | undefined {
  const isRaw = segments.at(-1) === '$value'
  const path = (isRaw ? segments.slice(0, -1) : segments).join('/')
  const type = findPath(set.type, path)
  return type === undefined || (isRaw && typeof type !== 'string') ? undefined : { path, isRaw }
}
