import type { MappingCall, MappingResult } from '../ports.ts'
import type { Apply, FunctionWorld } from './functions/function.ts'
import { mappingFunctions } from './functions/index.ts'
import { mappingFailure } from './mapping-failure.ts'
import type { Expression, MappingPlan, QueueReference } from './plan.ts'
import { type Context, contextCount, contextOf, endless, isProblem, type Queue, rowOf, type Value } from './queue.ts'

/** What a mapping asks of the world while it runs. */
export interface MappingWorld extends FunctionWorld {
  /** Calls a user-defined function for each list of arguments; `script` is an index into `MappingPlan.scripts`. */
  call(script: number, functionName: string, calls: readonly MappingCall[]): Promise<readonly MappingResult[]>
}

/** The queues of all expressions, each with its outputs. `fields` are the queues of the source. */
export async function evaluate(
  { expressions }: MappingPlan,
  fields: readonly Queue[],
  world: MappingWorld,
): Promise<readonly (readonly Queue[])[]> {
  const results: (readonly Queue[])[] = []
  const queueOf = ({ expression, output }: QueueReference): Queue => results[expression]?.[output] ?? []
  for (const expression of expressions) {
    if (expression.kind === 'source') results.push([fields[expression.field] ?? []])
    else {
      const inputs = expression.inputs.map(queueOf)
      if (expression.kind === 'script') results.push(await callScript(expression, inputs, world))
      else {
        const queue = bound(expression, world)(...inputs)
        results.push([queue instanceof Promise ? await queue : queue])
      }
    }
  }
  return results
}

function bound({ name, parameters }: Extract<Expression, { kind: 'function' }>, world: FunctionWorld): Apply {
  const apply = mappingFunctions.get(name)?.bind(parameters, world)
  if (apply === undefined || 'problem' in apply) {
    throw mappingFailure(`Expected a standard function, found "${name}".`)
  }
  return apply
}

type ScriptExpression = Extract<Expression, { kind: 'script' }>

function callScript(expression: ScriptExpression, inputs: readonly Queue[], world: MappingWorld): Promise<Queue[]> {
  return expression.takes === 'values'
    ? callWithValues(expression, inputs, world)
    : callWithContexts(expression, inputs, world)
}

/** One call for each row, as standard functions take them; SUPPRESS and problems go by. */
async function callWithValues(
  { script, name }: ScriptExpression,
  inputs: readonly Queue[],
  world: MappingWorld,
): Promise<Queue[]> {
  const count = contextCount(inputs)
  const calls: string[][] = []
  /** For each context its values, where a number stands for the result of a call. */
  const shape: (Value | number)[][] = []
  for (let index = 0; index < (count ?? 1); index += 1) {
    const contexts = inputs.map(queue => contextOf(queue, index))
    shape.push(rowsOf(contexts).map(row => callFor(row, calls)))
  }
  const results = calls.length === 0 ? [] : await world.call(script, name, calls)
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
async function callWithContexts(
  { script, name }: ScriptExpression,
  inputs: readonly Queue[],
  world: MappingWorld,
): Promise<Queue[]> {
  const count = contextCount(inputs)
  const calls = Array.from({ length: count ?? 1 }, (_, index) => inputs.map(queue => argument(contextOf(queue, index))))
  const results = calls.length === 0 ? [] : await world.call(script, name, calls)
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
