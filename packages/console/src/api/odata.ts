import { type CallOptions, call, callJson } from './http.ts'

/** What a list is asked for. Names are those of the entity. */
export interface ODataQuery {
  readonly filter?: string
  readonly orderBy?: string
  readonly top?: number
  readonly skip?: number
  readonly select?: readonly string[]
  readonly expand?: readonly string[]
  /** Options that are the API's own, such as `overdueonly`. */
  readonly custom?: Readonly<Record<string, string>>
}

/** A page of a list, and how many there are on all pages. */
export interface Page<Entity> {
  readonly rows: readonly Entity[]
  readonly count: number
}

const root = '/api/v1/'

/** A text as OData literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A moment as OData literal. */
export function moment(date: Date): string {
  return `datetime'${date.toISOString().slice(0, -1)}'`
}

/** The path of an entity: `Set('key')` or `Set(A='x',B='y')`, percent-encoded. */
export function entityPath(set: string, key: string | Readonly<Record<string, string>>): string {
  const quoted = (text: string) => `'${encodeURIComponent(text.replaceAll("'", "''"))}'`
  if (typeof key === 'string') return `${set}(${quoted(key)})`
  return `${set}(${Object.entries(key)
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(',')})`
}

/** One page of a set or of what a navigation property leads to, with the number of all. */
export async function listPage<Entity>(path: string, query: ODataQuery, signal?: AbortSignal): Promise<Page<Entity>> {
  const options = new URLSearchParams(query.custom)
  options.set('$inlinecount', 'allpages')
  const { filter, orderBy, top, skip, select, expand } = query
  if (filter) options.set('$filter', filter)
  if (orderBy) options.set('$orderby', orderBy)
  if (top !== undefined) options.set('$top', String(top))
  if (skip !== undefined) options.set('$skip', String(skip))
  if (select) options.set('$select', select.join(','))
  if (expand) options.set('$expand', expand.join(','))
  const { d } = await callJson<{ d: { results: Entity[]; __count: string } }>(
    'GET',
    `${root}${path}?${options}`,
    signal ? { signal } : {},
  )
  return { rows: d.results, count: Number(d.__count) }
}

/** One entity. */
export async function readEntity<Entity>(path: string): Promise<Entity> {
  return (await callJson<{ d: Entity }>('GET', root + path)).d
}

/** Creates an entity; resolves with it. */
export async function createEntity<Entity>(path: string, json: unknown): Promise<Entity> {
  return (await callJson<{ d: Entity }>('POST', root + path, { json })).d
}

/** A change without an answer to read: PUT, PATCH, DELETE, or a function import by POST. */
export async function change(
  method: 'PUT' | 'PATCH' | 'DELETE' | 'POST',
  path: string,
  json?: unknown,
): Promise<string> {
  const options: CallOptions = json === undefined ? {} : { json }
  return (await call(method, root + path, options)).text()
}

/** The moment that `/Date(…)/` stands for. */
export function dateOf(value: string | null | undefined): Date | undefined {
  const time = /^\/Date\((-?\d+)/.exec(value ?? '')?.[1] ?? (/^\d+$/.test(value ?? '') ? value : undefined)
  return time == null ? undefined : new Date(Number(time))
}
