import {
  type EntityType,
  findNavigation,
  findPath,
  findProperty,
  type Model,
  type PrimitiveType,
} from '../edm/model.ts'
import { ODataError } from '../error.ts'
import type { FilterExpression, OrderBy } from '../filter.ts'
import type { QueryOptions } from '../url/query-options.ts'
import { type TypeOfProperty, typedFilter, type ValueType } from './filter-types.ts'

/** Which properties and navigation properties of an entity are shown; a name maps to what is shown inside it. */
export interface Selection {
  readonly properties: ReadonlySet<string> | 'all'
  readonly navigations: ReadonlySet<string> | 'all'
  readonly expanded: ReadonlyMap<string, Selection>
}

/** Query options that fit an entity type. */
export interface Query {
  readonly filter: FilterExpression | undefined
  readonly orderBy: readonly OrderBy[]
  readonly selection: Selection
}

/**
 * Checks query options against the type of the addressed entities. Throws `ODataError` for a property it does not have,
 * a comparison of values that cannot be compared, and `$expand` over more than three levels.
 */
export function checkQuery(model: Model, type: EntityType, options: QueryOptions): Query {
  const typeOf: TypeOfProperty = path => valueTypes[primitiveAt(type, path, '$filter')]
  const filter = options.filter && typedFilter(options.filter, typeOf)
  for (const { property } of options.orderBy) primitiveAt(type, property, '$orderby')
  return { filter, orderBy: options.orderBy, selection: selectionOf(model, type, options) }
}

const everything: Selection = { properties: 'all', navigations: 'all', expanded: new Map() }

/** How many navigation properties one path of `$expand` may follow. */
const expandDepthMax = 3

function selectionOf(model: Model, type: EntityType, { select, expand }: QueryOptions): Selection {
  const paths = expand.map(path => path.split('/'))
  const tooDeep = paths.findIndex(path => path.length > expandDepthMax)
  if (tooDeep < 0) return selectionAt(model, type, select, paths)
  throw new ODataError(
    'malformed-option',
    `Expected at most ${expandDepthMax} names in "${expand[tooDeep]}" of $expand`,
  )
}

function selectionAt(
  model: Model,
  type: EntityType,
  select: readonly string[] | undefined,
  expand: ReadonlyArray<readonly string[]>,
): Selection {
  const expanded = new Map<string, Selection>()
  for (const [name = ''] of expand) {
    const navigation = findNavigation(type, name)
    if (!navigation) throw unknownProperty(type, name, '$expand', Object.keys(type.navigations ?? {}))
    const inside = select?.filter(item => item.startsWith(`${name}/`)).map(item => item.slice(name.length + 1)) ?? []
    const isWhole = inside.length === 0 || inside.includes('*')
    const deeper = expand.filter(([first, second]) => first === name && second !== undefined).map(path => path.slice(1))
    expanded.set(name, selectionAt(model, model.targetOf(navigation).type, isWhole ? undefined : inside, deeper))
  }
  return select ? { ...selectNames(type, select), expanded } : { ...everything, expanded }
}

function selectNames(type: EntityType, paths: readonly string[]): Selection {
  const properties = new Set<string>()
  const navigations = new Set<string>()
  for (const path of paths) {
    const [name = ''] = path.split('/')
    if (findNavigation(type, name)) navigations.add(name)
    else if (findProperty(type, name)) properties.add(name)
    else throw unknownProperty(type, path, '$select', Object.keys(type.properties))
  }
  return { properties, navigations, expanded: new Map() }
}

function unknownProperty(type: EntityType, path: string, option: string, known: readonly string[]): ODataError {
  const expected = known.length === 0 ? 'nothing' : `one of ${known.join(', ')}`
  return new ODataError('unknown-property', `Expected ${expected} of ${type.name} in ${option}, found "${path}"`)
}

function primitiveAt(type: EntityType, path: string, option: string): PrimitiveType {
  const found = findPath(type, path)
  if (typeof found === 'string') return found
  throw unknownProperty(type, path, option, Object.keys(type.properties))
}

const valueTypes: Readonly<Record<PrimitiveType, ValueType>> = {
  'Edm.String': 'text',
  'Edm.Boolean': 'boolean',
  'Edm.Int32': 'integer',
  'Edm.Int64': 'integer',
  'Edm.Double': 'double',
  'Edm.DateTime': 'time',
  'Edm.DateTimeOffset': 'time',
  'Edm.Binary': 'binary',
}
