import type { StructureNode } from './structures/structure.ts'

/** One step of a path in a mapping file: `ns0:Order`, `Id` or `@unit`. */
export interface PathStep {
  readonly written: string
  readonly prefix: string
  readonly local: string
  readonly isAttribute: boolean
  /** Which copy of a duplicated node is meant, as in `Item[2]`; 0: the node itself. */
  readonly copy: number
}

/** The steps of a path; names in it cannot hold `/`. */
export function stepsOf(path: string): readonly PathStep[] {
  return path
    .split('/')
    .filter(step => step !== '')
    .map(stepOf)
}

function stepOf(written: string): PathStep {
  const isAttribute = written.startsWith('@')
  const [, name = '', copy = '0'] = /^@?(.*?)(?:\[(\d+)\])?$/.exec(written) ?? []
  const colon = name.indexOf(':')
  const prefix = name.slice(0, Math.max(0, colon))
  return { written, prefix, local: name.slice(colon + 1), isAttribute, copy: Number(copy) }
}

/**
 * The node among several that a step means. Mapping files do not declare every prefix that they use: then the first node of
 * that name is meant. Names in JSON may hold a colon or start with `@`.
 */
export function matchStep(
  step: PathStep,
  nodes: readonly StructureNode[],
  prefixes: ReadonlyMap<string, string>,
): StructureNode | undefined {
  const uri = step.prefix === '' ? undefined : prefixes.get(step.prefix)
  const named = nodes.filter(node => node.local === step.local && node.isAttribute === step.isAttribute)
  return (
    named.find(node => (uri === undefined ? step.prefix !== '' || node.uri === '' : node.uri === uri)) ??
    named[0] ??
    nodes.find(node => node.local === step.written)
  )
}
