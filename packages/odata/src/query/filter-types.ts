import { ODataError } from '../error.ts'
import type {
  Arithmetic,
  Comparison,
  FilterCall,
  FilterExpression,
  FilterOperand,
  LiteralValue,
  ScalarFunction,
} from '../filter.ts'
import { evaluate } from './evaluate.ts'

/** What a value in a filter can be: its Edm type, as far as it decides what may be done with it. */
export type ValueType = 'text' | 'integer' | 'double' | 'boolean' | 'time' | 'time of day' | 'binary' | 'null'

/** The type of the property at a path. Throws `ODataError` for one that there is none of. */
export type TypeOfProperty = (path: string) => ValueType

const words: Readonly<Record<ValueType, string>> = {
  text: "a text such as 'x'",
  integer: 'an integer such as 5 or 5L',
  double: 'a number such as 1.5',
  boolean: 'true or false',
  time: "a time such as datetime'2025-01-31T00:00:00'",
  'time of day': "a part of a day such as time'PT13H'",
  binary: "bytes such as X'0AFF'",
  null: 'null',
}

/**
 * A filter whose values fit together: `div` of integers is `idiv`, a calculation with literals alone is its result, 0 and 1
 * beside a truth value are truth values. Throws `ODataError` for what cannot be compared, calculated or handed to a function.
 * A filter may go through it twice.
 */
export function typedFilter(filter: FilterExpression, typeOf: TypeOfProperty): FilterExpression {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, left: typedFilter(filter.left, typeOf), right: typedFilter(filter.right, typeOf) }
    case 'not':
      return { ...filter, operand: typedFilter(filter.operand, typeOf) }
    case 'match': {
      const [text, part] = [typedOperand(filter.text, typeOf), typedOperand(filter.part, typeOf)]
      for (const operand of [text, part]) expectType(operand, ['text'], filter.function, typeOf)
      return { ...filter, text, part }
    }
    case 'compare':
      return typedComparison(filter, typeOf)
  }
}

/** The type of a value in a filter that has gone through `typedFilter`. */
export function operandType(operand: FilterOperand, typeOf: TypeOfProperty): ValueType {
  switch (operand.kind) {
    case 'property':
      return typeOf(operand.path)
    case 'literal':
      return literalType(operand.value)
    case 'condition':
      return 'boolean'
    case 'call':
      return callType(operand, typeOf)
    case 'arithmetic': {
      const sides = [operandType(operand.left, typeOf), operandType(operand.right, typeOf)]
      return sides.every(type => type === 'integer') ? 'integer' : 'double'
    }
  }
}

function literalType(value: LiteralValue): ValueType {
  if (value === null) return 'null'
  if (value instanceof Date) return 'time'
  if (value instanceof Uint8Array) return 'binary'
  if (typeof value === 'object') return 'time of day'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  return typeof value === 'bigint' ? 'integer' : 'double'
}

function callType({ function: name, arguments: values }: FilterCall, typeOf: TypeOfProperty): ValueType {
  if (name === 'round' || name === 'floor' || name === 'ceiling') {
    return values[0] && operandType(values[0], typeOf) === 'integer' ? 'integer' : 'double'
  }
  return signatures[name].result
}

const texts = (count: number): readonly ValueType[][] => Array.from({ length: count }, () => ['text'])

const numbers: readonly ValueType[] = ['integer', 'double']

/** What functions take, in order, and give. */
const signatures: Readonly<
  Record<ScalarFunction, { readonly takes: ReadonlyArray<readonly ValueType[]>; readonly result: ValueType }>
> = {
  tolower: { takes: texts(1), result: 'text' },
  toupper: { takes: texts(1), result: 'text' },
  trim: { takes: texts(1), result: 'text' },
  concat: { takes: texts(2), result: 'text' },
  substring: { takes: [['text'], ['integer'], ['integer']], result: 'text' },
  replace: { takes: texts(3), result: 'text' },
  length: { takes: texts(1), result: 'integer' },
  indexof: { takes: texts(2), result: 'integer' },
  year: { takes: [['time']], result: 'integer' },
  month: { takes: [['time']], result: 'integer' },
  day: { takes: [['time']], result: 'integer' },
  hour: { takes: [['time', 'time of day']], result: 'integer' },
  minute: { takes: [['time', 'time of day']], result: 'integer' },
  second: { takes: [['time', 'time of day']], result: 'integer' },
  round: { takes: [numbers], result: 'double' },
  floor: { takes: [numbers], result: 'double' },
  ceiling: { takes: [numbers], result: 'double' },
}

function typedOperand(operand: FilterOperand, typeOf: TypeOfProperty): FilterOperand {
  switch (operand.kind) {
    case 'property':
      typeOf(operand.path)
      return operand
    case 'literal':
      return operand
    case 'condition':
      return { ...operand, condition: typedFilter(operand.condition, typeOf) }
    case 'call':
      return typedCall(operand, typeOf)
    case 'arithmetic':
      return typedArithmetic(operand, typeOf)
  }
}

function typedCall(call: FilterCall, typeOf: TypeOfProperty): FilterOperand {
  const values = call.arguments.map(value => typedOperand(value, typeOf))
  const { takes } = signatures[call.function]
  values.forEach((value, index) => {
    expectType(value, takes[index] ?? [], call.function, typeOf)
  })
  const typed = { ...call, arguments: values }
  return folded(typed, values, callType(typed, typeOf))
}

function typedArithmetic(arithmetic: Arithmetic, typeOf: TypeOfProperty): FilterOperand {
  const [left, right] = [typedOperand(arithmetic.left, typeOf), typedOperand(arithmetic.right, typeOf)]
  for (const side of [left, right]) expectType(side, numbers, arithmetic.operator, typeOf)
  const typed = { ...arithmetic, left, right }
  const isWhole = arithmetic.operator === 'div' && operandType(typed, typeOf) === 'integer'
  return folded(isWhole ? { ...typed, operator: 'idiv' } : typed, [left, right], operandType(typed, typeOf))
}

/** The result where all values are literals; null where one is null, as of every function and calculation. */
function folded(operand: FilterOperand, values: readonly FilterOperand[], type: ValueType): FilterOperand {
  if (values.some(value => value.kind === 'literal' && value.value === null)) return { kind: 'literal', value: null }
  if (!values.every(value => value.kind === 'literal')) return operand
  const value = evaluate(operand, {})
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new ODataError('malformed-filter', 'Expected numbers within the range of a double in $filter')
  }
  const isWhole = typeof value === 'number' && Number.isSafeInteger(value) && type === 'integer'
  return { kind: 'literal', value: isWhole ? BigInt(value) : (value as LiteralValue) }
}

function typedComparison(comparison: Comparison, typeOf: TypeOfProperty): Comparison {
  const first = typedOperand(comparison.left, typeOf)
  const second = typedOperand(comparison.right, typeOf)
  const [left, right] = [besideTruth(first, second, typeOf), besideTruth(second, first, typeOf)]
  const [leftType, rightType] = [operandType(left, typeOf), operandType(right, typeOf)]
  const { operator } = comparison
  if (leftType === 'null' || rightType === 'null') return { ...comparison, left, right }
  if (leftType !== rightType && !(numbers.includes(leftType) && numbers.includes(rightType))) {
    const [known, other] = left.kind === 'literal' ? [right, left] : [left, right]
    throw mismatch(operandType(known, typeOf), other, `to compare with ${nameOf(known)}`, typeOf)
  }
  const hasOrder = leftType !== 'boolean' && leftType !== 'binary'
  if (hasOrder || operator === 'eq' || operator === 'ne') return { ...comparison, left, right }
  throw new ODataError('malformed-filter', `Expected "eq" or "ne" beside ${words[leftType]}, found "${operator}"`)
}

/** The grammar has 1 and 0 for true and false, too. */
function besideTruth(operand: FilterOperand, other: FilterOperand, typeOf: TypeOfProperty): FilterOperand {
  if (operand.kind !== 'literal' || (operand.value !== 0n && operand.value !== 1n)) return operand
  return operandType(other, typeOf) === 'boolean' ? { kind: 'literal', value: operand.value === 1n } : operand
}

function expectType(
  operand: FilterOperand,
  expected: readonly ValueType[],
  user: string,
  typeOf: TypeOfProperty,
): void {
  const type = operandType(operand, typeOf)
  if (type === 'null' || expected.includes(type)) return
  throw mismatch(expected[0] ?? 'text', operand, `in ${user}`, typeOf)
}

function mismatch(expected: ValueType, found: FilterOperand, where: string, typeOf: TypeOfProperty): ODataError {
  const type = operandType(found, typeOf)
  const shown = found.kind === 'property' ? `"${found.path}", which is ${words[type].split(' such')[0]}` : nameOf(found)
  return new ODataError('malformed-filter', `Expected ${words[expected]} ${where}, found ${shown}`)
}

function nameOf(operand: FilterOperand): string {
  if (operand.kind === 'property') return `"${operand.path}"`
  if (operand.kind === 'call') return `the function ${operand.function}`
  if (operand.kind !== 'literal') return operand.kind === 'condition' ? 'a condition' : 'a calculation'
  const { value } = operand
  if (typeof value === 'string') return `'${value}'`
  return typeof value === 'object' && value !== null
    ? (words[literalType(value)].split(' such')[0] ?? '')
    : String(value)
}

/** The paths of all properties that a filter mentions. */
export function pathsIn(filter: FilterExpression | FilterOperand): ReadonlySet<string> {
  if (filter.kind === 'property') return new Set([filter.path])
  return new Set(partsOf(filter).flatMap(part => [...pathsIn(part)]))
}

function partsOf(filter: FilterExpression | FilterOperand): readonly (FilterExpression | FilterOperand)[] {
  switch (filter.kind) {
    case 'not':
      return [filter.operand]
    case 'match':
      return [filter.text, filter.part]
    case 'condition':
      return [filter.condition]
    case 'call':
      return filter.arguments
    case 'property':
    case 'literal':
      return []
    default:
      return [filter.left, filter.right]
  }
}
