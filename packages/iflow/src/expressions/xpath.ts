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
  functions: [
    { text: 'count(NODES)', doc: 'How many there are.' },
    { text: 'exists(NODES)', doc: 'Whether there is one.' },
    { text: 'empty(NODES)', doc: 'Whether there is none.' },
    { text: 'not(CONDITION)', doc: 'The opposite.' },
    { text: 'string(NODE)', doc: 'Its text.' },
    { text: 'number(NODE)', doc: 'Its number; NaN where it is none.' },
    { text: 'boolean(NODES)', doc: 'Whether there is something other than 0 and empty text.' },
    { text: 'text()', doc: 'The text nodes of an element, in a path: `/order/id/text()`.' },
    { text: 'name(NODE)', doc: 'Its name, with its prefix.' },
    { text: 'local-name(NODE)', doc: 'Its name without prefix.' },
    { text: 'namespace-uri(NODE)', doc: 'Its namespace.' },
    { text: 'position()', doc: 'In a predicate: the place among those found, from 1.' },
    { text: 'last()', doc: 'In a predicate: the place of the last one.' },
    { text: 'concat(TEXT, TEXT)', doc: 'Texts, one behind the other.' },
    { text: 'string-join(TEXTS, ", ")', doc: 'All texts, with something in between.' },
    { text: 'contains(TEXT, PART)', doc: 'Whether a text has the other in it.' },
    { text: 'starts-with(TEXT, START)', doc: 'Whether a text begins so.' },
    { text: 'ends-with(TEXT, END)', doc: 'Whether a text ends so.' },
    { text: 'matches(TEXT, "[0-9]+")', doc: 'Whether a regular expression fits into the text.' },
    { text: 'replace(TEXT, "[0-9]+", "")', doc: 'The text with what a regular expression finds replaced.' },
    { text: 'substring(TEXT, 1, 3)', doc: 'From a place, beginning with 1, so many characters.' },
    { text: 'substring-before(TEXT, PART)', doc: 'What stands before the part.' },
    { text: 'substring-after(TEXT, PART)', doc: 'What stands behind the part.' },
    { text: 'string-length(TEXT)', doc: 'How many characters it has.' },
    { text: 'normalize-space(TEXT)', doc: 'The text without white space around it, and single blanks in it.' },
    { text: 'upper-case(TEXT)', doc: 'In capital letters.' },
    { text: 'lower-case(TEXT)', doc: 'In small letters.' },
    { text: 'tokenize(TEXT, ",")', doc: 'The texts between a separator.' },
    { text: 'distinct-values(NODES)', doc: 'Every value once.' },
    { text: 'sum(NODES)', doc: 'The sum of the numbers.' },
    { text: 'avg(NODES)', doc: 'Their average.' },
    { text: 'min(NODES)', doc: 'The smallest.' },
    { text: 'max(NODES)', doc: 'The largest.' },
    { text: 'round(NODE)', doc: 'The nearest whole number.' },
    { text: 'xs:date(TEXT)', doc: 'A date, to compare: `xs:date(due) < xs:date("2025-03-14")`.' },
    { text: 'if (CONDITION) then TEXT else TEXT', doc: 'One or the other.' },
  ],
  variables: [
    { text: '$NAME', doc: 'The header of that name, else the exchange property, as text.' },
    { text: '//*:NAME', doc: 'All elements of a name, in whatever namespace.' },
  ],
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
