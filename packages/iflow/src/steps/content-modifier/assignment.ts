import type { PropertyMap } from '../../bpmn/model.ts'
import { parseNumberedRow } from '../../bpmn/rows.ts'
import type { Cells } from '../../compile/props.ts'
import type { StepContext } from '../../compile/step.ts'
import { Body } from '../../run/body.ts'
import type { Exchange } from '../../run/exchange.ts'
import type { RunScope } from '../../run/scope.ts'
import { asText } from '../../run/value.ts'
import { compileName, compileSource } from '../value-source/source.ts'
import type { XPathRows } from '../value-source/xpath-rows.ts'
import { parseDeletePattern } from './delete-pattern.ts'

/** One thing that the step does. Returns a promise only when it has to wait. */
export type Assignment = (exchange: Exchange, scope: RunScope) => void | Promise<void>

type Target = 'headers' | 'properties'

/** Compiles the rows of one table, top down; undefined in the list for rows that were reported. */
export async function compileRows(
  target: Target,
  rows: readonly Cells[],
  context: StepContext,
  xpaths: XPathRows,
): Promise<(Assignment | undefined)[]> {
  const assignments: (Assignment | undefined)[] = []
  for (const row of rows) {
    const isDelete = row('Action').toLowerCase() === 'delete'
    assignments.push(isDelete ? compileDelete(target, row, context) : await compileCreate(target, row, context, xpaths))
  }
  return assignments
}

/** The rows of component version 1.1 and earlier: properties `HEADER_1`, `HEADER_2`, … or `property_1`, …. */
export function numberedRows(properties: PropertyMap, prefix: string): Cells[] {
  const pattern = new RegExp(`^${prefix}_(\\d+)$`, 'i')
  const numbered = [...properties].flatMap(([key, value]) => {
    const match = pattern.exec(key)
    return match === null ? [] : [{ number: Number(match[1]), cells: parseNumberedRow(value) }]
  })
  numbered.sort((left, right) => left.number - right.number)
  return numbered.map(
    ({ cells }) =>
      id =>
        cells.get(id) ?? '',
  )
}

/** The body: empty content keeps it, an expression that gives nothing clears it. */
export async function compileBody(
  content: string,
  isConstant: boolean,
  context: StepContext,
): Promise<Assignment | undefined> {
  if (isConstant) {
    const body = Body.of(content)
    return exchange => {
      exchange.body = body
    }
  }
  const evaluate = await context.value('simple', content)
  return (
    evaluate &&
    ((exchange, scope) => {
      const value = evaluate(exchange, scope)
      exchange.body = Body.of(
        value === null || value === undefined || value instanceof Uint8Array ? (value ?? null) : asText(value),
      )
    })
  )
}

async function compileCreate(
  target: Target,
  row: Cells,
  context: StepContext,
  xpaths: XPathRows,
): Promise<Assignment | undefined> {
  const name = row('Name').trim()
  if (name === '') {
    context.report('invalid-value', `Expected a name in every row of the ${target}, found none.`)
    return undefined
  }
  const nameOf = await compileName(name, context)
  const read = await compileSource(row, context, xpaths)
  if (nameOf === undefined || read === undefined) return undefined
  return (exchange, scope) => {
    const value = read(exchange, scope)
    if (value instanceof Promise) return value.then(later => assign(exchange[target], nameOf(exchange, scope), later))
    return assign(exchange[target], nameOf(exchange, scope), value)
  }
}

function compileDelete(target: Target, row: Cells, context: StepContext): Assignment | undefined {
  const pattern = parseDeletePattern(row('Name').trim(), { ignoreCase: target === 'headers' })
  if (pattern === undefined) {
    context.report('invalid-value', `Expected the name of what to delete from the ${target}, found "${row('Name')}".`)
    return undefined
  }
  if ('name' in pattern) {
    return exchange => {
      exchange[target].delete(pattern.name)
    }
  }
  return exchange => {
    for (const [name] of [...exchange[target]]) if (pattern.matches(name)) exchange[target].delete(name)
  }
}

/** A header or property without a value is one that is not there. */
function assign(target: Exchange[Target], name: string, value: unknown): void {
  if (value === null || value === undefined) target.delete(name)
  else target.set(name, value)
}
