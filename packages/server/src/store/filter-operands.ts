import type {
  Arithmetic,
  FilterCall,
  FilterExpression,
  FilterOperand,
  LiteralValue,
  ScalarFunction,
  ValueType,
} from '@sluice/odata'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Property } from './filter.ts'

/** What turning one filter into SQL needs. */
export interface Rendering {
  /** Throws `ODataError` for one that there is none of. */
  property(path: string): Property
  condition(filter: FilterExpression): RawBuilder<SqlBool>
  typeOf(path: string): ValueType
  /** Counts a piece of SQL; throws `ODataError` when there are too many. */
  count(): void
}

/** A value of a typed filter. The SQL is that of PostgreSQL; SQLite is taught what it lacks. */
export function operandSql(operand: FilterOperand, rendering: Rendering): RawBuilder<unknown> {
  rendering.count()
  switch (operand.kind) {
    case 'property': {
      const { type, sql: value } = rendering.property(operand.path)
      return type === 'timeText' ? sql`cast(${value} as text)` : value
    }
    case 'literal':
      return parameter(operand.value)
    case 'condition':
      return sql`case when ${rendering.condition(operand.condition)} then 1 else 0 end`
    case 'call':
      return callSql(operand, rendering)
    case 'arithmetic':
      return arithmeticSql(operand, rendering)
  }
}

/** With its type, because a database cannot tell that of a parameter inside of a function. */
function parameter(value: LiteralValue): RawBuilder<unknown> {
  if (typeof value === 'bigint') return sql`cast(${value} as bigint)`
  if (typeof value === 'number') return sql`cast(${value} as double precision)`
  if (typeof value === 'boolean') return sql`cast(${BigInt(value)} as bigint)`
  if (value instanceof Date) return sql`cast(${BigInt(value.getTime())} as bigint)`
  if (value instanceof Uint8Array || typeof value === 'string' || value === null) return sql`cast(${value} as text)`
  return sql`cast(${BigInt(value.ofDayMs)} as bigint)`
}

const double = (value: RawBuilder<unknown>) => sql`cast(${value} as double precision)`

function arithmeticSql({ operator, left, right }: Arithmetic, rendering: Rendering): RawBuilder<unknown> {
  const [a, b] = [double(operandSql(left, rendering)), double(operandSql(right, rendering))]
  switch (operator) {
    case 'add':
      return sql`(${a} + ${b})`
    case 'sub':
      return sql`(${a} - ${b})`
    case 'mul':
      return sql`(${a} * ${b})`
    case 'div':
      return sql`(${a} / nullif(${b}, 0))`
    case 'idiv':
      return sql`trunc(${a} / nullif(${b}, 0))`
    case 'mod':
      return sql`mod(cast(${a} as numeric), cast(nullif(${b}, 0) as numeric))`
  }
}

/** What `trim` takes away: the same as in memory. */
const blanks = ' \t\n\r'

/** Longer than any text that is listed. */
const lengthMax = 2_000_000_000

type Render = (...values: RawBuilder<unknown>[]) => RawBuilder<unknown>

const datePart =
  (part: string): Render =>
  time =>
    sql`floor(date_part(${sql.lit(part)}, timezone('UTC', to_timestamp(${double(time ?? sql`null`)} / 1000))))`

const functions: Readonly<Record<Exclude<ScalarFunction, 'substring'>, Render>> = {
  tolower: text => sql`lower(${text})`,
  toupper: text => sql`upper(${text})`,
  trim: text => sql`trim(${text}, ${sql.lit(blanks)})`,
  concat: (text, other) => sql`(${text} || ${other})`,
  replace: (text, part, other) => sql`replace(${text}, ${part}, ${other})`,
  length: text => sql`char_length(${text})`,
  indexof: (text, part) => sql`(strpos(${text}, ${part}) - 1)`,
  year: datePart('year'),
  month: datePart('month'),
  day: datePart('day'),
  hour: datePart('hour'),
  minute: datePart('minute'),
  second: datePart('second'),
  round: number => sql`round(cast(${number} as numeric))`,
  floor: number => sql`floor(${number})`,
  ceiling: number => sql`ceil(${number})`,
}

function callSql(call: FilterCall, rendering: Rendering): RawBuilder<unknown> {
  if (call.function === 'substring') return substringSql(call, rendering)
  return functions[call.function](...call.arguments.map(value => operandSql(value, rendering)))
}

function substringSql({ arguments: [text, start, length] }: FilterCall, rendering: Rendering): RawBuilder<unknown> {
  if (!text || !start) throw new Error('Expected a text and a start in substring')
  const from = sql`${withinLengths(start, rendering)} + 1`
  if (!length) return sql`substr(${operandSql(text, rendering)}, ${from})`
  return sql`substr(${operandSql(text, rendering)}, ${from}, ${withinLengths(length, rendering)})`
}

/** Below zero counts as zero, in memory too; more than a text can be long is not a length for the database. */
function withinLengths(operand: FilterOperand, rendering: Rendering): RawBuilder<unknown> {
  const value = () => operandSql(operand, rendering)
  const bounded = sql`when ${value()} < 0 then 0 when ${value()} > ${sql.lit(lengthMax)} then ${sql.lit(lengthMax)}`
  return sql`cast(case ${bounded} else ${value()} end as integer)`
}
