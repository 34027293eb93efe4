import { byContext, byValue, type Context, rowOf, type Value } from '../queue.ts'
import { isTrue, type MappingFunction, textOf } from './function.ts'

function ofTwo(doc: string, rule: (a: boolean, b: boolean) => boolean): MappingFunction {
  return {
    doc,
    inputs: 2,
    bind:
      () =>
      (...queues) =>
        byValue(queues, ([a = '', b = '']) => String(rule(isTrue(a), isTrue(b)))),
  }
}

/** Functions of truth values, by their name in mapping files. */
export const booleanFunctions: Readonly<Record<string, MappingFunction>> = {
  and: ofTwo('Whether both are true.', (a, b) => a && b),
  equals: ofTwo('Whether both are true or both are false.', (a, b) => a === b),
  iF: {
    doc: 'The second input where the first is true, else the third. All inputs go on with each value.',
    inputs: 3,
    bind:
      () =>
      (...queues) =>
        byContext(queues, contexts => together(contexts)),
  },
  iFS: {
    doc: 'The second input where the first is true, else the third. The second and third go on when they are chosen.',
    inputs: 3,
    bind:
      () =>
      (...queues) =>
        byContext(queues, contexts => inTurn(contexts, undefined)),
  },
  ifSWithoutElse: {
    doc: 'The second input, which goes on only then, where the first is true, else nothing; with `keepss` SUPPRESS.',
    inputs: 2,
    bind: parameters => {
      const otherwise = leftOut(textOf(parameters, 'keepss'))
      return (...queues) => byContext(queues, contexts => inTurn([...contexts, [otherwise]], otherwise))
    },
  },
  ifWithoutElse: {
    doc: 'The second input where the first is true, else nothing for functions and SUPPRESS for targets; with `keepss` always SUPPRESS.',
    inputs: 2,
    bind: parameters => {
      const otherwise = leftOut(textOf(parameters, 'keepss'))
      return (...queues) => byContext(queues, contexts => together([...contexts, [otherwise]]))
    },
  },
  isNil: {
    doc: 'Whether the value is SUPPRESS.',
    inputs: 1,
    bind:
      () =>
      (queue = []) =>
        byContext([queue], ([context = []]) => context.map(value => String(value === null))),
  },
  not: {
    doc: 'Whether it is not true.',
    inputs: 1,
    bind:
      () =>
      (queue = []) =>
        byValue([queue], ([a = '']) => String(!isTrue(a))),
  },
  notEquals: ofTwo('Whether one is true and the other false.', (a, b) => a !== b),
  or: ofTwo('Whether one is true.', (a, b) => a || b),
}

function leftOut(keepSuppress: string): Value {
  return isTrue(keepSuppress) ? null : undefined
}

/** A branch that has nothing matters only where it is chosen: then there is no value. */
function together(contexts: readonly Context[]): Context {
  const [conditions = []] = contexts
  if (conditions.length === 0) return []
  const rows = Math.max(...contexts.map(context => context.length))
  const result: Value[] = []
  for (let row = 0; row < rows; row += 1) {
    const [condition] = rowOf(contexts, row)
    const chosen = branchOf(condition)
    if (chosen === undefined) result.push(condition)
    else {
      const branch = contexts[chosen] ?? []
      if (branch.length > 0) result.push(branch[Math.min(row, branch.length - 1)])
    }
  }
  return result
}

function inTurn(contexts: readonly Context[], otherwise: Value): Context {
  const next = [0, 0, 0]
  const result: Value[] = []
  for (const condition of contexts[0] ?? []) {
    const chosen = branchOf(condition)
    if (chosen === undefined) result.push(condition)
    else {
      const branch = contexts[chosen] ?? []
      const at = next[chosen] ?? 0
      next[chosen] = at + 1
      if (branch.length > 0) result.push(branch[Math.min(at, branch.length - 1)])
      else if (chosen === 2) result.push(otherwise)
    }
  }
  return result
}

/** Undefined: the condition itself is no text. */
function branchOf(condition: Value): 1 | 2 | undefined {
  if (typeof condition !== 'string') return undefined
  return isTrue(condition) ? 1 : 2
}
