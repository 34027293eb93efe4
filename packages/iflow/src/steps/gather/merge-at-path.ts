import type { Node } from 'slimdom'
import type { StepContext } from '../../compile/step.ts'
import { Exchange } from '../../run/exchange.ts'
import { Failure } from '../../run/failure.ts'
import type { RunScope } from '../../run/scope.ts'
import { decodeXml, isXmlNode, serializeXml } from '../../run/xml.ts'

/**
 * The first message, with the source elements of all others appended to its target element; without a target, to the parent
 * of its first source element. Undefined when something was reported.
 */
export async function compileMerge(source: string, target: string, context: StepContext) {
  if (source === '') {
    context.report('missing-property', 'Expected property "sourceXPath", found none.')
    return undefined
  }
  const sourcesIn = await context.value('xpath', withoutSlash(source))
  const targetsIn = target === '' ? undefined : await context.value('xpath', withoutSlash(target))
  if (sourcesIn === undefined || (target !== '' && targetsIn === undefined)) return undefined
  return (parts: readonly Exchange[], scope: RunScope): string => {
    const [first, ...others] = parts.map(ownTree)
    if (first === undefined) throw new Error('Expected a message to merge, found none.')
    const elementsIn = (part: Exchange) => nodesOf(sourcesIn(part, scope))
    const goal = targetsIn === undefined ? elementsIn(first)[0]?.parentNode : nodesOf(targetsIn(first, scope))[0]
    if (goal?.nodeType !== 1) {
      throw missing(`an element at ${target === '' ? `the parent of "${source}"` : `"${target}"`} in the first message`)
    }
    const elements = others.flatMap(elementsIn)
    if (elements.length === 0 && elementsIn(first).length === 0) throw missing(`"${source}" in a message`)
    for (const element of elements) goal.appendChild(element)
    return `<?xml version='1.0' encoding='UTF-8'?>${serializeXml(first.body.xml())}`
  }
}

/** The same message with a tree that nobody shares, to be changed. */
function ownTree(part: Exchange): Exchange {
  const { raw } = part.body
  const body = raw instanceof Uint8Array ? decodeXml(raw, part.charset) : (raw ?? '')
  return new Exchange({ body, headers: part.headers.copy(), properties: part.properties })
}

function nodesOf(result: unknown): Node[] {
  return Array.isArray(result) ? result.filter(isXmlNode) : []
}

function withoutSlash(path: string): string {
  return path.trim().replace(/(?<=[^/])\/$/, '')
}

function missing(what: string): Failure {
  return new Failure(`Expected ${what}, found none.`, { code: 'expression' })
}
