import type { Element, Node } from 'slimdom'
import type { StepContext } from '../../compile/step.ts'
import { compileNodes, exchangeOf, nodesOf, type XPathMessages, xpathMessages } from '../../expressions/heavy-xpath.ts'
import type { Evaluate } from '../../expressions/language.ts'
import type { HeavyTask } from '../../ports.ts'
import type { Exchange } from '../../run/exchange.ts'
import { Failure } from '../../run/failure.ts'
import { ownTree } from '../../run/own-tree.ts'
import type { RunScope } from '../../run/scope.ts'
import { serializeXml } from '../../run/xml.ts'

/** Where the nodes of a message are, and where in a node its key is. */
interface Keyed {
  readonly nodePath: string
  readonly keyPath: string
}

/** The original message, each of its nodes with copies of the lookup nodes of the same key. Undefined when something was reported. */
export async function compileLookup(original: Keyed, lookup: Keyed, context: StepContext) {
  const originalsIn = await compileKeyed(original, context)
  const lookupsIn = await compileKeyed(lookup, context)
  if (originalsIn === undefined || lookupsIn === undefined) return undefined
  const { namespaces } = context.settings
  return (message: Exchange, answer: Exchange, scope: RunScope): string | Promise<string> => {
    const messages = xpathMessages([original.nodePath, lookup.nodePath], [message, answer])
    if (messages !== undefined) {
      return scope.ports.heavyWork.run(lookupTask, { original, lookup, messages, namespaces })
    }
    const find = (evaluate: Evaluate<unknown>) => (exchange: Exchange) => elementsOf(evaluate(exchange, scope))
    return enrich(
      { message, elementsIn: find(originalsIn), keyPath: original.keyPath },
      { message: answer, elementsIn: find(lookupsIn), keyPath: lookup.keyPath },
    )
  }
}

/** Enriching large messages, elsewhere. */
export const lookupTask: HeavyTask<{ readonly original: Keyed; readonly lookup: Keyed } & XPathMessages, string> = {
  name: 'enrich',
  run: async ({ original, lookup, messages, namespaces }) => {
    const [message, answer] = await Promise.all(
      [original, lookup].map(async ({ nodePath, keyPath }, index): Promise<Side> => {
        const find = await compileNodes(nodePath, namespaces)
        const part = messages[index]
        if (part === undefined) throw new Error('Expected two messages, found less.')
        return { message: exchangeOf(part), elementsIn: exchange => elementsOf(find(exchange)), keyPath }
      }),
    )
    if (message === undefined || answer === undefined) throw new Error('Expected two messages, found less.')
    return enrich(message, answer)
  },
}

interface Side {
  readonly message: Exchange
  readonly elementsIn: (message: Exchange) => Element[]
  readonly keyPath: string
}

function enrich(original: Side, lookup: Side): string {
  const own = ownTree(original.message)
  const document = own.body.xml()
  const byKey = new Map<string, Element[]>()
  for (const element of lookup.elementsIn(lookup.message)) {
    const key = keyOf(element, lookup.keyPath)
    const same = byKey.get(key)
    if (same) same.push(element)
    else if (key !== '') byKey.set(key, [element])
  }
  for (const element of original.elementsIn(own)) {
    for (const found of byKey.get(keyOf(element, original.keyPath)) ?? []) {
      element.appendChild(document.importNode(found, true))
    }
  }
  const { documentElement } = document
  if (documentElement === null) throw new Failure('Expected XML, found nothing.', { code: 'not-well-formed' })
  return `<?xml version='1.0' encoding='UTF-8'?>${serializeXml(documentElement)}`
}

async function compileKeyed(
  { nodePath, keyPath }: Keyed,
  context: StepContext,
): Promise<Evaluate<unknown> | undefined> {
  if (nodePath.trim() !== '' && keyPath.trim() !== '') return context.value('xpath', nodePath)
  context.report('missing-property', 'Expected the path to the node and its key element for both messages, found less.')
  return undefined
}

function elementsOf(result: unknown): Element[] {
  return nodesOf(result).filter((node): node is Element => node.nodeType === 1)
}

/** The text at a path of element names below the element, whatever their prefixes; the empty string when there is none. */
function keyOf(element: Element, path: string): string {
  let found: Element | undefined = element
  for (const step of path.trim().split('/').filter(Boolean)) {
    const name = step.slice(step.indexOf(':') + 1)
    found = found?.childNodes.find((child: Node): child is Element => {
      return child.nodeType === 1 && (child as Element).localName === name
    })
  }
  return found?.textContent?.trim() ?? ''
}
