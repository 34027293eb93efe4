import type { Cells, Choices } from '../../compile/props.ts'
import type { StepContext } from '../../compile/step.ts'
import type { Evaluate } from '../../expressions/language.ts'
import { Failure } from '../../run/failure.ts'
import { asText, convert, datatypeOf } from '../../run/value.ts'
import type { XPathRows } from './xpath-rows.ts'

/** Where a row gets its value; a promise only from sources that ask the world. */
export type Read = Evaluate<unknown>

type CompileSource = (
  row: Cells,
  context: StepContext,
  xpaths: XPathRows,
) => Read | undefined | Promise<Read | undefined>

/** By the text of the Type cell. */
const sources: Readonly<Record<string, CompileSource>> = {
  constant: row => constantly(row('Value')),
  'external parameter': row => constantly(row('Value')),
  expression: compileExpression,
  'global persisted variables': row => readVariable('global', row),
  header: (row, context) => readNamed('headers', row, context),
  numberRange: compileNumberRange,
  'persisted variables': row => readVariable('local', row),
  property: (row, context) => readNamed('properties', row, context),
  xpath: compileXPath,
}

/** The words that may stand in the Type cell, each with its meaning. */
export const sourceTypes: Choices = {
  constant: ['Constant', 'The text of Value.'],
  header: ['Header', 'The header named by Value, in which Simple functions may stand.'],
  xpath: ['XPath', 'Value as an XPath expression on the body.'],
  expression: ['Expression', 'Value as a Simple expression.'],
  property: ['Property', 'The exchange property named by Value, in which Simple functions may stand.'],
  'external parameter': ['External Parameter', 'The value of an externalised parameter.'],
  'persisted variables': ['Local Variable', "The flow's variable named by Value, else Default, else the step fails."],
  'global persisted variables': [
    'Global Variable',
    'The variable of all flows named by Value, else Default, else the step fails.',
  ],
  numberRange: ['Number Range', 'The next number of the range named by Value.'],
}

/** Compiles the source of one row; undefined when it was reported. `xpaths` are the step's. */
export async function compileSource(row: Cells, context: StepContext, xpaths: XPathRows): Promise<Read | undefined> {
  const type = row('Type') || 'constant'
  const compile = Object.hasOwn(sources, type) ? sources[type] : undefined
  if (compile !== undefined) return compile(row, context, xpaths)
  const message = `Expected a source type that is supported for "${row('Name')}", found "${type}".`
  context.report('unsupported-value', message)
  return undefined
}

/** A name that may hold Simple functions, as in `Region_${property.index}`. */
export async function compileName(source: string, context: StepContext): Promise<Evaluate<string> | undefined> {
  if (!source.includes('${')) return () => source
  const evaluate = await context.value('simple', source)
  return evaluate && ((exchange, scope) => asText(evaluate(exchange, scope)))
}

function constantly(value: string): Read {
  return () => value
}

async function readNamed(
  container: 'headers' | 'properties',
  row: Cells,
  context: StepContext,
): Promise<Read | undefined> {
  const nameOf = await compileName(row('Value'), context)
  return nameOf && ((exchange, scope) => exchange[container].get(nameOf(exchange, scope)))
}

async function compileExpression(row: Cells, context: StepContext): Promise<Read | undefined> {
  const evaluate = await context.value('simple', row('Value'))
  if (evaluate === undefined || row('Datatype').trim() === '') return evaluate
  const datatype = datatypeOf(row('Datatype'))
  return (exchange, scope) => convert(evaluate(exchange, scope) ?? null, datatype)
}

async function compileXPath(row: Cells, context: StepContext, xpaths: XPathRows): Promise<Read | undefined> {
  const source = row('Value')
  const evaluate = await context.value('xpath', source)
  if (evaluate === undefined) return undefined
  const datatype = datatypeOf(row('Datatype'))
  const elsewhere = xpaths.add({ source, datatype })
  return (exchange, scope) => elsewhere(exchange, scope) ?? convert(evaluate(exchange, scope), datatype)
}

function readVariable(visibility: 'local' | 'global', row: Cells): Read {
  const name = row('Value')
  const otherwise = row('Default')
  return async (_, scope) => {
    const value = await scope.ports.variables.read(visibility, scope.flowId, name)
    if (value !== undefined) return value
    if (otherwise !== '') return otherwise
    throw new Failure(`Expected the ${visibility} variable "${name}" to exist, found none, and no default value.`, {
      code: 'variable-missing',
    })
  }
}

async function compileNumberRange(row: Cells, context: StepContext): Promise<Read | undefined> {
  const name = row('Value')
  if (name.startsWith(':')) {
    context.report('unsupported-value', `Expected the name of a number range, found "${name}".`)
    return undefined
  }
  const evaluate = await context.value('simple', name)
  return evaluate && ((exchange, scope) => scope.ports.numberRanges.next(asText(evaluate(exchange, scope))))
}
