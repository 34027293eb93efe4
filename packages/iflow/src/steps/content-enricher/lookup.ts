import type { Element, Node } from 'slimdom'
import type { StepContext } from '../../compile/step.ts'
import type { Evaluate } from '../../expressions/language.ts'
import { Exchange } from '../../run/exchange.ts'
import { Failure } from '../../run/failure.ts'
import type { RunScope } from '../../run/scope.ts'
import { decodeXml, isXmlNode, serializeXml } from '../../run/xml.ts'

/** Where the nodes of a message are, and where in a node its key is. */
interface Keyed {
  readonly nodePath: string
  readonly keyPath: string
}

/** The original message, each of its nodes with copies of the lookup nodes of the same key. Undefined when something was reported. */
export async function compileLookup(original: Keyed, lookup: Keyed, context: StepContext) {
  const originalsIn = await compileNodes(original, context)
  const lookupsIn = await compileNodes(lookup, context)
  if (originalsIn === undefined || lookupsIn === undefined) return undefined
  return (message: Exchange, answer: Exchange, scope: RunScope): string => {
    const own = ownTree(message)
    const document = own.body.xml()
    const byKey = new Map<string, Element[]>()
    for (const element of elementsOf(lookupsIn(answer, scope))) {
      const key = keyOf(element, lookup.keyPath)
      if (key !== '') byKey.set(key, [...(byKey.get(key) ?? []), element])
    }
    for (const element of elementsOf(originalsIn(own, scope))) {
      for (const found of byKey.get(keyOf(element, original.keyPath)) ?? []) {
        element.appendChild(document.importNode(found, true))
      }
    }
    const { documentElement } = document
    if (documentElement === null) throw new Failure('Expected XML, found nothing.', { code: 'not-well-formed' })
    return `<?xml version='1.0' encoding='UTF-8'?>${serializeXml(documentElement)}`
  }
}

async function compileNodes(
  { nodePath, keyPath }: Keyed,
  context: StepContext,
): Promise<Evaluate<unknown> | undefined> {
  if (nodePath.trim() !== '' && keyPath.trim() !== '') return context.value('xpath', nodePath)
  context.report('missing-property', 'Expected the path to the node and its key element for both messages, found less.')
  return undefined
}

/** The same message with a tree that nobody shares, to be changed. */
function ownTree(message: Exchange): Exchange {
  const { raw } = message.body
  const body = raw instanceof Uint8Array ? decodeXml(raw, message.charset) : (raw ?? '')
  return new Exchange({ body, headers: message.headers.copy(), properties: message.properties })
}

function elementsOf(result: unknown): Element[] {
  const isElement = (node: unknown): node is Element => isXmlNode(node) && node.nodeType === 1
  return (Array.isArray(result) ? result : [result]).filter(isElement)
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
