import { byContext, byValue, type Context, isProblem, type Problem, type Queue, type Value } from '../queue.ts'
import { add, compare, type Decimal, decimalText, multiply, negate, numberText, parseDecimal } from './decimal.ts'
import { compileDecimalFormat } from './decimal-format.ts'
import { type MappingFunction, numberOf, textOf } from './function.ts'

/** A function of numbers; a text that is none is a problem. */
function ofNumbers(
  doc: string,
  inputs: number,
  rule: (numbers: readonly Decimal[]) => string | Problem,
): MappingFunction {
  return {
    doc,
    inputs,
    bind:
      () =>
      (...queues) =>
        byValue(queues, texts => withNumbers(texts, rule)),
  }
}

function withNumbers(texts: readonly string[], rule: (numbers: readonly Decimal[]) => string | Problem) {
  const numbers: Decimal[] = []
  for (const text of texts) {
    const number = parseDecimal(text)
    if ('problem' in number) return number
    numbers.push(number)
  }
  return rule(numbers)
}

/** A function of two numbers that is exact. */
function ofTwo(doc: string, rule: (a: Decimal, b: Decimal) => Decimal | boolean): MappingFunction {
  return ofNumbers(doc, 2, ([a = zero, b = zero]) => {
    const result = rule(a, b)
    return typeof result === 'boolean' ? String(result) : decimalText(result)
  })
}

/** A function that is computed with 64-bit floating point numbers. */
function ofFloats(doc: string, inputs: number, rule: (a: number, b: number) => number): MappingFunction {
  return ofNumbers(doc, inputs, ([a = zero, b = zero]) =>
    numberText(rule(Number(decimalText(a)), Number(decimalText(b)))),
  )
}

/** A function that makes one value of all numbers of a context. */
function ofContext(doc: string, rule: (numbers: readonly Decimal[]) => string | Problem): MappingFunction {
  return {
    doc,
    inputs: 1,
    bind:
      () =>
      (queue = []) =>
        byContext([queue], ([context = []]) => [summary(context, rule)]),
  }
}

function summary(context: Context, rule: (numbers: readonly Decimal[]) => string | Problem): Value {
  const problem = context.find(isProblem)
  if (problem !== undefined) return problem
  return withNumbers(
    context.filter(value => typeof value === 'string'),
    rule,
  )
}

const zero: Decimal = { digits: 0n, scale: 0 }

function sum(numbers: readonly Decimal[]): Decimal {
  return numbers.reduce(add, zero)
}

/** Functions of numbers, by their name in mapping files. */
export const arithmeticFunctions: Readonly<Record<string, MappingFunction>> = {
  abs: ofNumbers('The number without its sign.', 1, ([a = zero]) => decimalText(a.digits < 0n ? negate(a) : a)),
  add: ofTwo('The sum.', add),
  average: ofContext('The average of a context; 0 of an empty one.', numbers =>
    numbers.length === 0 ? '0' : numberText(Number(decimalText(sum(numbers))) / numbers.length),
  ),
  ceil: ofFloats('The next whole number up.', 1, Math.ceil),
  count: {
    doc: 'How many values a context has.',
    inputs: 1,
    bind:
      () =>
      (queue = []) =>
        byContext([queue], ([context = []]) => [String(context.filter(value => value !== null).length)]),
  },
  counter: {
    doc: '`start` in the first context, `inc` more in each that follows.',
    inputs: 0,
    bind: parameters => {
      const start = numberOf(parameters, 'start', 1)
      const step = numberOf(parameters, 'inc', 1)
      return () => ({ at: index => String(start + index * step) })
    },
  },
  div: ofFloats('The first number divided by the second.', 2, (a, b) => a / b),
  equalsA: ofTwo('Whether both numbers are the same.', (a, b) => compare(a, b) === 0),
  floor: ofFloats('The next whole number down.', 1, Math.floor),
  formatNumber: {
    doc: 'The number in the form `nformat`, a pattern of `java.text.DecimalFormat`, with `separator` before the fraction.',
    inputs: 1,
    bind: parameters => {
      const compiled = compileDecimalFormat(textOf(parameters, 'nformat'), textOf(parameters, 'separator'))
      if ('problem' in compiled) return compiled
      return (queue = []) => byValue([queue], texts => withNumbers(texts, ([a = zero]) => compiled.format(a)))
    },
  },
  greater: ofTwo('Whether the first number is greater than the second.', (a, b) => compare(a, b) > 0),
  index: {
    doc: 'Numbers the values: `start`, then `inc` more each; `type` 0 begins anew in each context, any other goes on.',
    inputs: 1,
    bind: parameters => {
      const start = numberOf(parameters, 'start', 1)
      const step = numberOf(parameters, 'inc', 1)
      const isReset = numberOf(parameters, 'type', 0) === 0
      return (queue = []) => numbered(queue, start, step, isReset)
    },
  },
  inv: ofFloats('1 divided by the number.', 1, a => 1 / a),
  less: ofTwo('Whether the first number is less than the second.', (a, b) => compare(a, b) < 0),
  max: ofTwo('The greater number.', (a, b) => (compare(a, b) < 0 ? b : a)),
  min: ofTwo('The lesser number.', (a, b) => (compare(a, b) > 0 ? b : a)),
  mul: ofTwo('The product.', multiply),
  neg: ofNumbers('The number with the other sign.', 1, ([a = zero]) => decimalText(negate(a))),
  pow: ofFloats('The first number to the power of the second.', 2, (a, b) => a ** b),
  round: ofFloats('The nearest whole number, halves up.', 1, Math.round),
  sign: ofNumbers('-1, 0 or 1.', 1, ([a = zero]) => String(compare(a, zero))),
  sqr: ofNumbers('The square.', 1, ([a = zero]) => decimalText(multiply(a, a))),
  sqrt: ofFloats('The square root.', 1, Math.sqrt),
  sub: ofTwo('The first number less the second.', (a, b) => add(a, negate(b))),
  sum: ofContext('The sum of a context; 0 of an empty one.', numbers => decimalText(sum(numbers))),
}

function numbered(queue: Queue, start: number, step: number, isReset: boolean): Queue {
  let next = start
  return byContext([queue], ([context = []]) => {
    if (isReset) next = start
    return context.map(value => {
      if (typeof value !== 'string') return value
      next += step
      return String(next - step)
    })
  })
}
