import type { MappingCall, MappingResult } from '../ports.ts'
import type { Apply, FunctionWorld } from './functions/function.ts'
import { mappingFunctions } from './functions/index.ts'
import { mappingFailure } from './mapping-failure.ts'
import type { Expression, MappingPlan } from './plan.ts'
import { type Context, contextCount, contextOf, endless, isProblem, type Queue, rowOf, type Value } from './queue.ts'

/** What a mapping asks of the world while it runs. */
export interface MappingWorld extends FunctionWorld {
  /** Calls a user-defined function for each list of arguments. `expression` is the index of the one that calls. */
  call(call: ScriptCall, expression: number): Promise<readonly MappingResult[]>
}

/** All calls of a user-defined function for one queue. */
export interface ScriptCall {
  /** Index into `MappingPlan.scripts`. */
  readonly script: number
  readonly functionName: string
  readonly calls: readonly MappingCall[]
}

/** Thrown by a world that has no answer yet: what can be worked out without it is, so that other questions are asked, too. */
export class Unanswered extends Error {}

/**
 * The queues of all expressions, each with its outputs; undefined when the world had no answer to something. `fields` are the
 * queues of the source.
 */
export async function evaluate(
  { expressions }: MappingPlan,
  fields: readonly Queue[],
  world: MappingWorld,
): Promise<readonly (readonly Queue[])[] | undefined> {
  const results: (readonly Queue[] | undefined)[] = []
  for (const [index, expression] of expressions.entries()) {
    if (expression.kind === 'source') results.push([fields[expression.field] ?? []])
    else if (expression.inputs.some(input => results[input.expression] === undefined)) results.push(undefined)
    else {
      const inputs = expression.inputs.map((input): Queue => results[input.expression]?.[input.output] ?? [])
      results.push(await answerOf(expression, inputs, world, index))
    }
  }
  return results.every(result => result !== undefined) ? results : undefined
}

async function answerOf(
  expression: Exclude<Expression, { kind: 'source' }>,
  inputs: readonly Queue[],
  world: MappingWorld,
  index: number,
): Promise<readonly Queue[] | undefined> {
  try {
    if (expression.kind === 'function') return [await bound(expression, world)(...inputs)]
    const call = (calls: readonly MappingCall[]) =>
      world.call({ script: expression.script, functionName: expression.name, calls }, index)
    return await (expression.takes === 'values' ? callWithValues(inputs, call) : callWithContexts(inputs, call))
  } catch (error) {
    if (error instanceof Unanswered) return undefined
    throw error
  }
}

function bound({ name, parameters }: Extract<Expression, { kind: 'function' }>, world: FunctionWorld): Apply {
  const apply = mappingFunctions.get(name)?.bind(parameters, world)
  if (apply === undefined || 'problem' in apply) {
    throw mappingFailure(`Expected a standard function, found "${name}".`)
  }
  return apply
}

type Call = (calls: readonly MappingCall[]) => Promise<readonly MappingResult[]>

/** One call for each row, as standard functions take them; SUPPRESS and problems go by. */
async function callWithValues(inputs: readonly Queue[], call: Call): Promise<Queue[]> {
  const count = contextCount(inputs)
  const calls: string[][] = []
  /** For each context its values, where a number stands for the result of a call. */
  const shape: (Value | number)[][] = []
  for (let index = 0; index < (count ?? 1); index += 1) {
    const contexts = inputs.map(queue => contextOf(queue, index))
    shape.push(rowsOf(contexts).map(row => callFor(row, calls)))
  }
  const results = calls.length === 0 ? [] : await call(calls)
  const queue = shape.map(context =>
    context.map(value => (typeof value === 'number' ? (results[value]?.[0]?.[0]?.[0] ?? '') : value)),
  )
  return [count === undefined ? endless(queue[0]?.[0]) : queue]
}

function rowsOf(contexts: readonly Context[]): Value[][] {
  if (contexts.some(context => context.length === 0)) return []
  const rows = Math.max(1, ...contexts.map(context => context.length))
  return Array.from({ length: rows }, (_, row) => rowOf(contexts, row))
}

function callFor(row: readonly Value[], calls: string[][]): Value | number {
  const other = row.find(value => typeof value !== 'string')
  if (other !== undefined || row.includes(undefined) || row.includes(null)) return other
  calls.push(row.filter(value => typeof value === 'string'))
  return calls.length - 1
}

/** One call for each context. A single value made of nothing but constants is constant. */
async function callWithContexts(inputs: readonly Queue[], call: Call): Promise<Queue[]> {
  const count = contextCount(inputs)
  const calls = Array.from({ length: count ?? 1 }, (_, index) => inputs.map(queue => argument(contextOf(queue, index))))
  const results = calls.length === 0 ? [] : await call(calls)
  const outputs = Math.max(1, ...results.map(result => result.length))
  return Array.from({ length: outputs }, (_, output) => {
    const contexts = results.flatMap(result => result[output] ?? [[]])
    const [only = []] = contexts
    return count === undefined && contexts.length === 1 && only.length === 1 ? endless(only[0]) : contexts
  })
}

function argument(context: Context): (string | null)[] {
  const problem = context.find(isProblem)
  if (problem !== undefined) throw mappingFailure(problem.problem)
  return context.filter(value => typeof value === 'string' || value === null)
}
