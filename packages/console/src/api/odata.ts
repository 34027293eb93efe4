import { type CallOptions, call, callJson, type OnProgress } from './http.ts'

/** What a list is asked for. Names are those of the entity. */
export interface ODataQuery {
  readonly filter?: string
  readonly orderBy?: string
  readonly top?: number
  readonly skip?: number
  readonly select?: readonly string[]
  readonly expand?: readonly string[]
  /** How many there are in all, where an earlier page told: counting a million takes longer than reading a page of them. */
  readonly counted?: number | undefined
  /** Options that are the API's own, such as `overdueonly`. */
  readonly custom?: Readonly<Record<string, string>>
}

/** A page of a list, and how many there are on all pages. */
export interface Page<Entity> {
  readonly rows: readonly Entity[]
  readonly count: number
}

/** Below it are the entity sets. */
export const root = '/api/v1/'

/** A text as OData literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A moment as OData literal. */
export function moment(date: Date): string {
  return `datetime'${date.toISOString().slice(0, -1)}'`
}

/** One property of a key: `Edm.String`, `Edm.Int32`, `Edm.Int64` or `Edm.Boolean`. */
export type KeyValue = string | number | bigint | boolean

/** The path of an entity: `Set('key')` or `Set(A='x',B=1)`, percent-encoded. */
export function entityPath(set: string, key: KeyValue | Readonly<Record<string, KeyValue>>): string {
  if (typeof key !== 'object') return `${set}(${keyLiteral(key)})`
  return `${set}(${Object.entries(key)
    .map(([name, value]) => `${name}=${keyLiteral(value)}`)
    .join(',')})`
}

/** Calls a function import by POST with its parameters; resolves with the text of the answer. */
export function callFunction(name: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  const options = Object.entries(parameters).map(([key, value]) => `${key}=${keyLiteral(value)}`)
  return change('POST', `${name}?${options.join('&')}`)
}

function keyLiteral(value: KeyValue): string {
  if (typeof value === 'string') return encodeURIComponent(literal(value))
  return typeof value === 'bigint' ? `${value}L` : String(value)
}

/** One page of a set or of what a navigation property leads to, with the number of all. */
export async function listPage<Entity>(path: string, query: ODataQuery, signal?: AbortSignal): Promise<Page<Entity>> {
  const options = new URLSearchParams(query.custom)
  const { filter, orderBy, top, skip, select, expand, counted } = query
  if (counted === undefined) options.set('$inlinecount', 'allpages')
  if (filter) options.set('$filter', filter)
  if (orderBy) options.set('$orderby', orderBy)
  if (top !== undefined) options.set('$top', String(top))
  if (skip !== undefined) options.set('$skip', String(skip))
  if (select) options.set('$select', select.join(','))
  if (expand) options.set('$expand', expand.join(','))
  const { d } = await callJson<{ d: { results: Entity[]; __count?: string } }>(
    'GET',
    `${root}${path}?${options}`,
    signal ? { signal } : {},
  )
  return { rows: d.results, count: counted ?? Number(d.__count) }
}

/** One entity. */
export async function readEntity<Entity>(path: string): Promise<Entity> {
  return (await callJson<{ d: Entity }>('GET', root + path)).d
}

/** Creates an entity; resolves with it. */
export async function createEntity<Entity>(path: string, json: unknown, onProgress?: OnProgress): Promise<Entity> {
  return (await callJson<{ d: Entity }>('POST', root + path, { json, ...(onProgress && { onProgress }) })).d
}

/** A change without an answer to read: PUT, PATCH, DELETE, or a function import by POST. */
export async function change(
  method: 'PUT' | 'PATCH' | 'DELETE' | 'POST',
  path: string,
  json?: unknown,
  onProgress?: OnProgress,
): Promise<string> {
  const options: CallOptions = json === undefined ? {} : { json, ...(onProgress && { onProgress }) }
  return (await call(method, root + path, options)).text()
}

/** The moment that `/Date(…)/` stands for. */
export function dateOf(value: string | null | undefined): Date | undefined {
  const time = /^\/Date\((-?\d+)/.exec(value ?? '')?.[1] ?? (/^\d+$/.test(value ?? '') ? value : undefined)
  return time == null ? undefined : new Date(Number(time))
}
