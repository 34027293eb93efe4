import { ODataError } from '../error.ts'
import type { FilterExpression, OrderBy } from '../filter.ts'
import { parseFilter } from './parse-filter.ts'

/** The system query options of a request, parsed but not yet checked against an entity type. */
export interface QueryOptions {
  readonly filter: FilterExpression | undefined
  readonly orderBy: readonly OrderBy[]
  readonly top: number | undefined
  readonly skip: number
  /** How many entities earlier pages of the same request held. */
  readonly skipToken: number
  /** Paths as written; undefined means everything. */
  readonly select: readonly string[] | undefined
  readonly expand: readonly string[]
  readonly inlineCount: boolean
  /** `$format` as written. */
  readonly format: string | undefined
}

const listLengthMax = 100

/**
 * Reads the system query options (OData V2 URI conventions, section 4). `$select`, `$orderby` and `$expand` may be
 * repeated; of other repeated options the last counts. Names that are not system options are the caller's own.
 */
export function parseQueryOptions(options: ReadonlyArray<readonly [name: string, value: string]>): QueryOptions {
  const last = new Map(options)
  const all = (name: string) =>
    splitList(
      name,
      options
        .filter(option => option[0] === name)
        .map(option => option[1])
        .join(','),
    )
  const filter = last.get('$filter')
  const select = all('$select')
  return {
    filter: filter ? parseFilter(filter) : undefined,
    orderBy: all('$orderby').map(parseOrderBy),
    top: parseCount('$top', last.get('$top')),
    skip: parseCount('$skip', last.get('$skip')) ?? 0,
    skipToken: parseCount('$skiptoken', last.get('$skiptoken')) ?? 0,
    select: select.length === 0 || select.includes('*') ? undefined : select,
    expand: all('$expand'),
    inlineCount: parseInlineCount(last.get('$inlinecount')),
    format: last.get('$format') || undefined,
  }
}

function splitList(name: string, text: string): string[] {
  const items = text.split(',').map(item => item.trim())
  if (items.length > listLengthMax) {
    throw new ODataError(
      'malformed-option',
      `Expected at most ${listLengthMax} items in ${name}, found ${items.length}`,
    )
  }
  return items.filter(item => item !== '')
}

function parseOrderBy(text: string): OrderBy {
  const match = /^([A-Za-z_][\w/]*)(?:\s+(asc|desc))?$/i.exec(text)
  if (!match?.[1]) {
    throw new ODataError('malformed-option', `Expected a property, "asc" or "desc" in $orderby, found "${text}"`)
  }
  return { property: match[1], descending: match[2]?.toLowerCase() === 'desc' }
}

function parseCount(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  if (!/^\d{1,9}$/.test(text)) {
    throw new ODataError('malformed-option', `Expected a number from 0 to 999999999 in ${name}, found "${text}"`)
  }
  return Number(text)
}

function parseInlineCount(text: string | undefined): boolean {
  if (text === undefined || text === '' || text === 'none') return false
  if (text === 'allpages') return true
  throw new ODataError('malformed-option', `Expected "allpages" or "none" in $inlinecount, found "${text}"`)
}
