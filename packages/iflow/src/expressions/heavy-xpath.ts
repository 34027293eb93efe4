import type { Document, Node } from 'slimdom'
import type { HeavyTask } from '../ports/heavy-work.ts'
import { Body } from '../run/body.ts'
import { Exchange } from '../run/exchange.ts'
import { Failure } from '../run/failure.ts'
import { heavyFrom, isHeavy } from '../run/heavy-work.ts'
import type { RunScope } from '../run/scope.ts'
import { convert, type Datatype } from '../run/value.ts'
import { isXmlNode } from '../run/xml.ts'
import { bindVariables, compileXPath, variableNames, type XPathQuery, type XPathVariables } from './xpath.ts'

/** A body, and the values that expressions on it name, as another process can take them. */
export interface XPathMessage {
  readonly content: string | Uint8Array | null
  readonly charset: string
  readonly variables: XPathVariables
}

/** Expressions, their namespaces, and the message to evaluate them on. */
export interface XPathWork extends XPathMessage {
  readonly sources: readonly string[]
  readonly namespaces: ReadonlyMap<string, string>
}

/** Undefined when a variable holds nodes, which cannot leave their process. */
export function xpathMessage(sources: readonly string[], exchange: Exchange): XPathMessage | undefined {
  const variables = bindVariables(sources.flatMap(variableNames), exchange)
  if (Object.values(variables).some(value => typeof value === 'object' && value !== null)) return undefined
  return { content: exchange.body.raw, charset: exchange.charset, variables }
}

/** Messages that are looked at together, and the namespaces of the expressions. */
export interface XPathMessages {
  readonly messages: readonly XPathMessage[]
  readonly namespaces: ReadonlyMap<string, string>
}

/** Undefined when the bodies are small together, or when a variable holds nodes. */
export function xpathMessages(
  sources: readonly string[],
  exchanges: readonly Exchange[],
): readonly XPathMessage[] | undefined {
  const size = exchanges.reduce((sum, { body }) => sum + body.size, 0)
  if (size <= heavyXPathFrom) return undefined
  const messages = exchanges.flatMap(exchange => xpathMessage(sources, exchange) ?? [])
  return messages.length === exchanges.length ? messages : undefined
}

/** In the other process: finds the nodes of an expression. */
export async function compileNodes(source: string, namespaces: ReadonlyMap<string, string>) {
  const [query] = await compileAll({ sources: [source], namespaces })
  return (exchange: Exchange): Node[] => nodesOf(query?.all(exchange.body.xml(exchange.charset), query.bind(exchange)))
}

/** The nodes in what an expression has found. */
export function nodesOf(result: unknown): Node[] {
  return Array.isArray(result) ? result.filter(isXmlNode) : []
}

/** In the other process: a message on which the same expressions give the same. */
export function exchangeOf({ content, charset, variables }: XPathMessage): Exchange {
  return new Exchange({ body: content, properties: [['CamelCharsetName', charset], ...Object.entries(variables)] })
}

/** A quarter of what is heavy otherwise: `//item` alone takes some 25 µs for each element. */
const heavyXPathFrom = heavyFrom / 4

/** Undefined when the body is small, or when a variable holds nodes. */
export function heavyXPath(
  sources: readonly string[],
  namespaces: ReadonlyMap<string, string>,
  exchange: Exchange,
): XPathWork | undefined {
  const message = isHeavy(exchange.body, heavyXPathFrom) ? xpathMessage(sources, exchange) : undefined
  return message && { ...message, sources, namespaces }
}

/** Finding the first condition that holds, elsewhere. */
export const xpathConditionTask: HeavyTask<XPathWork, number> = {
  name: 'xpath-condition',
  run: async work => {
    const queries = await compileAll(work)
    const document = documentOf(work)
    return queries.findIndex(query => query.holds(document, work.variables))
  },
}

/** Evaluating expressions to values of data types that are no nodes, elsewhere. */
export const xpathValuesTask: HeavyTask<XPathWork & { readonly datatypes: readonly Datatype[] }, unknown[]> = {
  name: 'xpath-values',
  run: async ({ datatypes, ...work }) =>
    (await heavyResults(work)).map((found, index) => convert(found, datatypes[index] ?? 'text')),
}

/**
 * The index of the first condition that holds for the message, or -1. `holds` evaluates them here; a large body is looked at
 * elsewhere.
 */
export function firstThatHolds(
  conditions: { readonly sources: readonly string[]; readonly holds: (index: number) => boolean },
  exchange: Exchange,
  { namespaces, scope }: { readonly namespaces: ReadonlyMap<string, string>; readonly scope: RunScope },
): number | Promise<number> {
  const { sources, holds } = conditions
  const work = heavyXPath(sources, namespaces, exchange)
  if (work !== undefined) return scope.ports.heavyWork.run(xpathConditionTask, work)
  return sources.findIndex((_, index) => holds(index))
}

/** Evaluates the first expression as condition: the process's side of `heavyXPath`. Throws what the queries throw. */
export async function heavyCondition(work: XPathWork): Promise<boolean> {
  const [query] = await compileAll(work)
  return query?.holds(documentOf(work), work.variables) ?? false
}

/** Evaluates every expression to what it finds: the process's side of `heavyXPath`. Throws what the queries throw. */
export async function heavyResults(work: XPathWork): Promise<unknown[][]> {
  const queries = await compileAll(work)
  const document = documentOf(work)
  return queries.map(query => query.all(document, work.variables))
}

async function compileAll({ sources, namespaces }: Pick<XPathWork, 'sources' | 'namespaces'>): Promise<XPathQuery[]> {
  return Promise.all(
    sources.map(async source => {
      const query = await compileXPath(source, { namespaces })
      if ('problem' in query) throw new Failure(query.problem, { code: 'expression' })
      return query
    }),
  )
}

function documentOf({ content, charset }: XPathMessage): Document {
  return Body.of(content).xml(charset)
}
