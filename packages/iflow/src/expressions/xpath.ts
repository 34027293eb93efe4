import type { Document } from 'slimdom'
import type { Exchange } from '../run/exchange.ts'
import { Failure } from '../run/failure.ts'
import { parseXml } from '../run/xml.ts'
import type { ExpressionContext, ExpressionLanguage } from './language.ts'

/** Values of variables by name: texts, numbers, booleans, and nodes that earlier steps left in headers or properties. */
export type XPathVariables = Readonly<Record<string, unknown>>

/** XPath 3.1 on the body, with the prefixes of the flow's namespace mapping and `$name` for headers and properties. */
export const xpath: ExpressionLanguage = {
  type: 'xpath',
  label: 'XPath',
  doc: [
    'XPath 3.1 on the body, which has to be well-formed XML. Prefixes come from the namespace mapping of the flow.',
    '`$name` is the header of that name, else the property, as text; nothing when neither is there.',
    'A condition is the effective boolean value. A value keeps the sequence; its data type decides what becomes of it.',
  ].join(' '),
  examples: [
    { as: 'value', expression: '/order/@id', body: '<order id="7"/>', result: '7' },
    { as: 'value', expression: 'count(//*:item)', body: '<o xmlns="urn:o"><item/><item/></o>', result: '2' },
    { as: 'condition', expression: '//price > 10', body: '<o><price>12</price></o>', result: true },
    {
      as: 'value',
      expression: '//item[@id = $wanted]',
      body: '<o><item id="a">A</item></o>',
      headers: { wanted: 'a' },
      result: 'A',
    },
  ],
  async value(source, context) {
    const query = await compileXPath(source, context)
    if ('problem' in query) return query
    return { evaluate: exchange => query.all(exchange.body.xml(exchange.charset), query.bind(exchange)) }
  },
  async condition(source, context) {
    const query = await compileXPath(source, context)
    if ('problem' in query) return query
    return { evaluate: exchange => query.holds(exchange.body.xml(exchange.charset), query.bind(exchange)) }
  },
}

/** A compiled expression. Throws a `Failure` of code `expression` when the document does not fit. */
export interface XPathQuery {
  /** The values of the variables that the expression names. */
  bind(exchange: Exchange): XPathVariables
  all(document: Document, variables: XPathVariables): unknown[]
  holds(document: Document, variables: XPathVariables): boolean
}

/** Compiles an expression; what is wrong with it comes back as a problem. */
export async function compileXPath(
  source: string,
  context: ExpressionContext,
): Promise<XPathQuery | { readonly problem: string }> {
  // Loading the engine takes longer than starting everything else, so only flows with an XPath expression do it.
  const { default: engine } = await import('fontoxpath')
  const names = variableNames(source)
  const options = {
    language: engine.Language.XPATH_3_1_LANGUAGE,
    namespaceResolver: (prefix: string) =>
      prefix === '' ? '' : (context.namespaces.get(prefix) ?? builtIn[prefix] ?? null),
  }
  const evaluate = <T>(type: T, document: Document, variables: XPathVariables) =>
    engine.evaluateXPath(source, document, null, variables, type as never, options)
  const problem = staticProblem(source, () =>
    evaluate(engine.ReturnType.ALL_RESULTS, emptyDocument, Object.fromEntries(names.map(name => [name, '']))),
  )
  if (problem !== undefined) return { problem }
  return {
    bind: exchange => bindVariables(names, exchange),
    all: (document, variables) =>
      guard(source, () => evaluate(engine.ReturnType.ALL_RESULTS, document, variables) as unknown[]),
    holds: (document, variables) =>
      guard(source, () => evaluate(engine.ReturnType.BOOLEAN, document, variables) as unknown as boolean),
  }
}

const builtIn: Readonly<Record<string, string>> = {
  array: 'http://www.w3.org/2005/xpath-functions/array',
  fn: 'http://www.w3.org/2005/xpath-functions',
  map: 'http://www.w3.org/2005/xpath-functions/map',
  math: 'http://www.w3.org/2005/xpath-functions/math',
  xml: 'http://www.w3.org/XML/1998/namespace',
  xs: 'http://www.w3.org/2001/XMLSchema',
}

const emptyDocument = parseXml('<empty/>')

/** Names behind `$`, outside of string literals; those that the expression binds itself do no harm. */
export function variableNames(source: string): string[] {
  const code = source.replace(/"[^"]*"|'[^']*'/g, "''")
  return [...new Set(Array.from(code.matchAll(/\$([\p{L}_][\p{L}\p{N}_.-]*)/gu), match => match[1] ?? ''))]
}

/** The values of variables: a header, else a property, else null. */
export function bindVariables(names: readonly string[], exchange: Exchange): XPathVariables {
  const variables: Record<string, unknown> = {}
  for (const name of names) {
    const value = exchange.headers.get(name) ?? exchange.properties.get(name) ?? null
    variables[name] = typeof value === 'object' && value !== null && !('nodeType' in value) ? String(value) : value
  }
  return variables
}

/** Evaluates on an empty document: only errors that the text alone causes (XPST, XQST) are the author's mistake. */
function staticProblem(source: string, evaluate: () => unknown): string | undefined {
  try {
    evaluate()
    return undefined
  } catch (error) {
    const message = firstLine(error)
    return /\bX[PQ]ST\d{4}\b/.test(message) || !/\b[A-Z]{4}\d{4}\b/.test(message)
      ? `Expected an XPath 3.1 expression, found "${source}": ${message}`
      : undefined
  }
}

function guard<T>(source: string, evaluate: () => T): T {
  try {
    return evaluate()
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(`Expected the XPath expression "${source}" to be evaluated, found: ${firstLine(error)}`, {
      code: 'expression',
      cause: error,
    })
  }
}

function firstLine(error: unknown): string {
  const lines = (error as Error).message.split('\n').map(line => line.trim())
  const line = lines.find(text => /^(?:Error: )?[A-Z]{4}\d{4}/.test(text)) ?? lines[0] ?? ''
  return line.replace(/^Error: /, '')
}
