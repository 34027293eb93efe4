import {
  type EntityType,
  findNavigation,
  findPath,
  findProperty,
  type Model,
  type PrimitiveType,
} from '../edm/model.ts'
import { ODataError } from '../error.ts'
import type { FilterExpression, FilterOperand, LiteralValue, OrderBy } from '../filter.ts'
import { literalAs } from '../url/literal.ts'
import type { QueryOptions } from '../url/query-options.ts'

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
 * a comparison of values that cannot be compared, and `$expand` over more than one level.
 */
export function checkQuery(model: Model, type: EntityType, options: QueryOptions): Query {
  if (options.filter) checkFilter(type, options.filter)
  for (const { property } of options.orderBy) primitiveAt(type, property, '$orderby')
  return { filter: options.filter, orderBy: options.orderBy, selection: selectionOf(model, type, options) }
}

const everything: Selection = { properties: 'all', navigations: 'all', expanded: new Map() }

function selectionOf(model: Model, type: EntityType, { select, expand }: QueryOptions): Selection {
  const expanded = new Map<string, Selection>()
  for (const path of expand) {
    const navigation = findNavigation(type, path)
    if (!navigation) throw unknownProperty(type, path, '$expand', Object.keys(type.navigations ?? {}))
    const inner = select?.filter(item => item.startsWith(`${path}/`)).map(item => item.slice(path.length + 1)) ?? []
    expanded.set(path, select && inner.length > 0 ? selectNames(model.targetOf(navigation).type, inner) : everything)
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

function checkFilter(type: EntityType, filter: FilterExpression): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      checkFilter(type, filter.left)
      checkFilter(type, filter.right)
      return
    case 'not':
      checkFilter(type, filter.operand)
      return
    case 'match':
      checkText(type, filter.property, filter.function)
      return
    case 'compare':
      checkComparison(type, filter.left, filter.right)
  }
}

function checkText(type: EntityType, path: string, user: string): void {
  const found = primitiveAt(type, path, '$filter')
  if (found !== 'Edm.String') {
    throw new ODataError('malformed-filter', `Expected a property of type Edm.String in ${user}, found "${path}"`)
  }
}

function checkComparison(type: EntityType, left: FilterOperand, right: FilterOperand): void {
  const [leftType, rightType] = [operandType(type, left), operandType(type, right)]
  if (left.kind === 'literal' && right.kind === 'literal') return
  if (right.kind === 'literal') checkLiteral(leftType, right.value, left)
  else if (left.kind === 'literal') checkLiteral(rightType, left.value, right)
  else if (leftType !== rightType) {
    throw new ODataError(
      'malformed-filter',
      `Expected values of one type to compare, found ${leftType} and ${rightType}`,
    )
  }
}

function operandType(type: EntityType, operand: FilterOperand): PrimitiveType | undefined {
  if (operand.kind === 'literal') return undefined
  if (operand.kind === 'property') return primitiveAt(type, operand.path, '$filter')
  const argument = operandType(type, operand.argument)
  if (argument !== 'Edm.String') {
    throw new ODataError('malformed-filter', `Expected a text in ${operand.function}, found ${argument ?? 'a literal'}`)
  }
  return argument
}

function checkLiteral(declared: PrimitiveType | undefined, value: LiteralValue, other: FilterOperand): void {
  if (value === null || declared === undefined || literalAs(declared, value) !== undefined) return
  const what = other.kind === 'property' ? `"${other.path}"` : 'the function'
  const found = value instanceof Date ? 'a time' : typeof value === 'string' ? `'${value}'` : String(value)
  throw new ODataError(
    'malformed-filter',
    `Expected a value of type ${declared} to compare with ${what}, found ${found}`,
  )
}
