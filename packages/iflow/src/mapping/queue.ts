/**
 * What a field or function delivers: values in contexts. Functions work context by context, and the contexts of a target
 * field go, one each, to the instances of its parent. An endless queue, that of a constant, has one value in every context.
 */
export type Queue = readonly Context[] | Endless

/** The values between two context changes. */
export type Context = readonly Value[]

/**
 * A text, or why there is none: `null` is SUPPRESS, which keeps its place and creates no target element; `undefined` is what
 * `ifWithoutElse` leaves out: SUPPRESS for a target, nothing for a function; a problem fails the mapping when it is used.
 */
export type Value = string | null | undefined | Problem

/** Why a function could give no value. */
export interface Problem {
  readonly problem: string
}

/** A queue whose value depends only on the number of the context, counted from 0. */
export interface Endless {
  at(context: number): Value
}

export function isEndless(queue: Queue): queue is Endless {
  return !Array.isArray(queue)
}

export function isProblem(value: Value): value is Problem {
  return typeof value === 'object' && value !== null
}

/** The same value in every context. */
export function endless(value: Value): Endless {
  return { at: () => value }
}

/** What a function sees of a context: without the values that a filter left out. */
export function contextOf(queue: Queue, index: number): Context {
  const context = rawContextOf(queue, index)
  return context.includes(undefined) ? context.filter(value => value !== undefined) : context
}

/** What a target sees of a context. No values beyond the last one. */
export function rawContextOf(queue: Queue, index: number): Context {
  return isEndless(queue) ? [queue.at(index)] : (queue[index] ?? [])
}

/** How many contexts functions of these queues have; undefined when all are endless. */
export function contextCount(queues: readonly Queue[]): number | undefined {
  let count: number | undefined
  for (const queue of queues) if (!isEndless(queue)) count = Math.max(count ?? 0, queue.length)
  return count
}

/**
 * The queue that a rule makes of the contexts of its inputs with the same number. Endless inputs alone give an endless queue,
 * of the first value that the rule makes.
 */
export function byContext(
  queues: readonly Queue[],
  rule: (contexts: readonly Context[], index: number) => Context,
): Queue {
  const count = contextCount(queues)
  const context = (index: number) =>
    rule(
      queues.map(queue => contextOf(queue, index)),
      index,
    )
  if (count === undefined) return { at: index => context(index)[0] }
  return Array.from({ length: count }, (_, index) => context(index))
}

/**
 * The queue that a rule makes of each value of its inputs. An input that has fewer values in a context lends its last one to
 * the rest; one that has none leaves the context empty. SUPPRESS and problems go through (documented: "Processing an Input
 * Queue"; that an empty context wins is chosen, after what the community reports of `concat`).
 */
export function byValue(queues: readonly Queue[], rule: (texts: readonly string[]) => string | Problem): Queue {
  return byContext(queues, contexts => {
    if (contexts.some(context => context.length === 0)) return []
    const rows = Math.max(...contexts.map(context => context.length))
    return Array.from({ length: rows }, (_, row) => apply(rowOf(contexts, row), rule))
  })
}

/** The values with this number in their contexts, or the last ones. */
export function rowOf(contexts: readonly Context[], row: number): Value[] {
  return contexts.map(context => context[Math.min(row, context.length - 1)])
}

function apply(row: readonly Value[], rule: (texts: readonly string[]) => string | Problem): Value {
  const texts: string[] = []
  for (const value of row) {
    if (typeof value !== 'string') return value
    texts.push(value)
  }
  return rule(texts)
}

/** All contexts that are there; an endless queue counts as one context. */
export function contextsOf(queue: Queue): readonly Context[] {
  if (isEndless(queue)) return [contextOf(queue, 0)]
  return queue.map((_, index) => contextOf(queue, index))
}
