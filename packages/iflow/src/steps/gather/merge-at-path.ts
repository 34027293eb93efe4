import type { Node } from 'slimdom'
import type { StepContext } from '../../compile/step.ts'
import { compileNodes, exchangeOf, nodesOf, type XPathMessages, xpathMessages } from '../../expressions/heavy-xpath.ts'
import type { Evaluate } from '../../expressions/language.ts'
import type { HeavyTask } from '../../ports.ts'
import type { Exchange } from '../../run/exchange.ts'
import { Failure } from '../../run/failure.ts'
import { ownTree } from '../../run/own-tree.ts'
import type { RunScope } from '../../run/scope.ts'
import { serializeXml } from '../../run/xml.ts'

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
  const paths = { source, target }
  const { namespaces } = context.settings
  return (parts: readonly Exchange[], scope: RunScope): string | Promise<string> => {
    const messages = xpathMessages([source, target], parts)
    if (messages !== undefined) return scope.ports.heavyWork.run(mergeTask, { ...paths, messages, namespaces })
    const find = (evaluate: Evaluate<unknown>) => (part: Exchange) => nodesOf(evaluate(part, scope))
    return merge(parts, { ...paths, sourcesIn: find(sourcesIn), targetsIn: targetsIn && find(targetsIn) })
  }
}

/** Merging large messages, elsewhere. */
export const mergeTask: HeavyTask<Paths & XPathMessages, string> = {
  name: 'merge-at-path',
  run: async ({ source, target, namespaces, messages }) => {
    const sourcesIn = await compileNodes(withoutSlash(source), namespaces)
    const targetsIn = target === '' ? undefined : await compileNodes(withoutSlash(target), namespaces)
    return merge(messages.map(exchangeOf), { source, target, sourcesIn, targetsIn })
  },
}

interface Paths {
  readonly source: string
  readonly target: string
}

type FindNodes = (part: Exchange) => Node[]

interface Finders extends Paths {
  readonly sourcesIn: FindNodes
  readonly targetsIn: FindNodes | undefined
}

function merge(parts: readonly Exchange[], { source, target, sourcesIn, targetsIn }: Finders): string {
  const [first, ...others] = parts.map(ownTree)
  if (first === undefined) throw new Error('Expected a message to merge, found none.')
  const goal = targetsIn === undefined ? sourcesIn(first)[0]?.parentNode : targetsIn(first)[0]
  if (goal?.nodeType !== 1) {
    throw missing(`an element at ${target === '' ? `the parent of "${source}"` : `"${target}"`} in the first message`)
  }
  const elements = others.flatMap(sourcesIn)
  if (elements.length === 0 && sourcesIn(first).length === 0) throw missing(`"${source}" in a message`)
  for (const element of elements) goal.appendChild(element)
  return `<?xml version='1.0' encoding='UTF-8'?>${serializeXml(first.body.xml())}`
}

function withoutSlash(path: string): string {
  return path.trim().replace(/(?<=[^/])\/$/, '')
}

function missing(what: string): Failure {
  return new Failure(`Expected ${what}, found none.`, { code: 'expression' })
}
