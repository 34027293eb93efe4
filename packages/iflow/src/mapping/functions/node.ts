import {
  byContext,
  type Context,
  contextOf,
  contextsOf,
  endless,
  isEndless,
  isProblem,
  type Queue,
  rowOf,
  type Value,
} from '../queue.ts'
import { add, compare, negate, parseDecimal } from './decimal.ts'
import { type Apply, isTrue, type MappingFunction, numberOf, type Parameters, tableOf, textOf } from './function.ts'

function ofOne(doc: string, rule: (queue: Queue, parameters: Parameters) => Queue): MappingFunction {
  return {
    doc,
    inputs: 1,
    bind:
      parameters =>
      (queue = []) =>
        rule(queue, parameters),
  }
}

/** Functions of contexts, by their name in mapping files. */
export const nodeFunctions: Readonly<Record<string, MappingFunction>> = {
  collapseContexts: ofOne(
    'The first value of every context, all in one context; an empty one gives the empty text.',
    queue => (isEndless(queue) ? queue : [contextsOf(queue).map(context => context[0] ?? '')]),
  ),
  createIf: ofOne('An empty value, which creates an element, where the input is true, else SUPPRESS.', queue =>
    byContext([queue], ([context = []]) =>
      context.map(value => (typeof value === 'string' ? (isTrue(value) ? '' : null) : value)),
    ),
  ),
  exists: ofOne('`true` for each value; `false` for SUPPRESS and once for an empty context.', queue =>
    byContext([queue], ([context = []]) =>
      context.length === 0 ? ['false'] : context.map(value => String(value !== null)),
    ),
  ),
  formatByExample: {
    doc: 'The values of the first input in the contexts of the second; both must have as many values.',
    inputs: 2,
    bind: () => formatByExample,
  },
  mapWithDefault: ofOne('The input, with `default_value` in contexts that are empty.', (queue, parameters) => {
    const otherwise: Context = [textOf(parameters, 'default_value')]
    return byContext([queue], ([context = []]) => (context.length === 0 ? otherwise : context))
  }),
  removeContexts: ofOne('All values in one context.', queue => (isEndless(queue) ? queue : [contextsOf(queue).flat()])),
  replaceValue: ofOne('The text `value` in place of each value.', (queue, parameters) => {
    const replacement = textOf(parameters, 'value')
    return byContext([queue], ([context = []]) =>
      context.map(value => (typeof value === 'string' ? replacement : value)),
    )
  }),
  sort: ofOne('The values of each context in order.', (queue, parameters) => {
    const order = orderOf(parameters)
    return byContext([queue], ([context = []]) => [...context].sort(order))
  }),
  sortByKey: {
    doc: 'The values of the second input in the order of the first, their keys, in each context.',
    inputs: 2,
    bind: parameters => {
      const order = orderOf(parameters)
      return (...queues) => byContext(queues, contexts => sortedByKey(contexts, order))
    },
  },
  SplitByValue: ofOne(
    'The input with context changes: `type` 0 after each value, 1 where the value changes, 2 in place of empty values.',
    (queue, parameters) => (isEndless(queue) ? queue : split(queue, numberOf(parameters, 'type', 0))),
  ),
  useOneAsMany: {
    doc: 'The one value of each context of the first input, as often as the second has values there, in the contexts of the third.',
    inputs: 3,
    bind: () => useOneAsMany,
  },
}

const formatByExample: Apply = (values = [], example = []) => {
  if (isEndless(example)) return values
  const shape = contextsOf(example)
  if (isEndless(values)) return shape.map((context, index) => context.map(() => values.at(index)))
  const flat = contextsOf(values).flat()
  const wanted = shape.reduce((count, context) => count + context.length, 0)
  if (flat.length !== wanted) {
    const problem = `Expected as many values in both inputs of formatByExample, found ${flat.length} and ${wanted}.`
    return endless({ problem })
  }
  let next = 0
  return shape.map(context => context.map(() => flat[next++]))
}

const useOneAsMany: Apply = (ones = [], many = [], example = []) => {
  const repeated: Value[] = []
  for (const [index, context] of contextsOf(many).entries()) {
    if (context.length === 0) continue
    const values = contextOf(ones, index)
    if (values.length !== 1) {
      const problem = `Expected one value in each context of the first input of useOneAsMany, found ${values.length} in context ${index + 1}.`
      return endless({ problem })
    }
    for (const _ of context) repeated.push(values[0])
  }
  return formatByExample([repeated], example)
}

/** Empty contexts stay. */
function split(queue: readonly Context[], type: number): Queue {
  const contexts: Context[] = []
  for (const [index] of queue.entries()) {
    const context = contextOf(queue, index)
    let open: Value[] = []
    for (const [at, value] of context.entries()) {
      const isNew = type === 0 ? at > 0 : type === 1 ? at > 0 && value !== context[at - 1] : value === ''
      if (isNew) {
        contexts.push(open)
        open = []
      }
      if (type !== 2 || value !== '') open.push(value)
    }
    contexts.push(open)
  }
  return contexts
}

type Order = (a: Value, b: Value) => number

/** SUPPRESS stands at the end, problems first: they fail the mapping. */
function orderOf(parameters: Parameters): Order {
  const kind = tableOf(parameters, 'comparator').type ?? 'cs'
  const direction = tableOf(parameters, 'order').asc === 'false' ? -1 : 1
  const texts: (a: string, b: string) => number =
    kind === 'num'
      ? compareNumbers
      : (a, b) => (kind === 'ci' ? byCode(a.toLowerCase(), b.toLowerCase()) : byCode(a, b))
  return (a, b) => {
    if (typeof a === 'string' && typeof b === 'string') return direction * texts(a, b)
    return rank(a) - rank(b)
  }
}

function rank(value: Value): number {
  return isProblem(value) ? 0 : typeof value === 'string' ? 1 : 2
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function compareNumbers(a: string, b: string): number {
  const [first, second] = [parseDecimal(a), parseDecimal(b)]
  if ('problem' in first || 'problem' in second) return byCode(a, b)
  return compare(add(first, negate(second)), { digits: 0n, scale: 0 })
}

function sortedByKey(contexts: readonly Context[], order: Order): Context {
  const [keys = [], values = []] = contexts
  const rows = keys.map((key, row) => ({ key, value: rowOf([values], row)[0] }))
  return rows.sort((a, b) => order(a.key, b.key)).map(({ value }) => value)
}
