/** A path to elements: each step names an element, directly below the one before or anywhere below it. */
export interface ElementPath {
  readonly steps: readonly PathStep[]
}

interface PathStep {
  readonly isAnywhere: boolean
  /** Undefined: in whatever namespace. */
  readonly uri: string | undefined
  /** Undefined: of whatever name. */
  readonly local: string | undefined
}

/** Steps in one path; their state is kept in the bits of a number. */
const stepsMax = 30

/**
 * Reads the XPath expressions that splitters know: absolute (`/a/b`) and relative (`//b`) paths of element names, with
 * prefixes of the namespace mapping or declared behind the path (`/p:a/b xmlns:p="urn:a"`). Names without a prefix fit in
 * whatever namespace the message has them. Other XPath is a problem, as it is in the original.
 */
export function parseElementPath(
  source: string,
  namespaces: ReadonlyMap<string, string>,
): { readonly path: ElementPath } | { readonly problem: string } {
  const [, expression = '', declarations = ''] = /^([^\s]*)((?:\s+xmlns:[^\s=]+="[^"]*")*)$/.exec(source.trim()) ?? []
  const known = new Map(namespaces)
  for (const [, prefix = '', uri = ''] of declarations.matchAll(/xmlns:([^\s=]+)="([^"]*)"/g)) known.set(prefix, uri)
  const trimmed = expression.replace(/\/$/, '')
  const isPath = /^(?:\/{0,2}(?:[\p{L}_*][\p{L}\p{N}_.-]*:)?(?:\*|[\p{L}_][\p{L}\p{N}_.-]*))+$/u.test(trimmed)
  const parts = [...trimmed.matchAll(/(\/{0,2})(?:([^/:]+):)?([^/:]+)/g)]
  if (!isPath || parts.length > stepsMax) {
    return { problem: `Expected a path such as /orders/order or //order, found "${source}".` }
  }
  const steps: PathStep[] = []
  for (const [, slashes, prefix, local] of parts) {
    const isAny = prefix === undefined || prefix === '*'
    const uri = isAny ? undefined : known.get(prefix)
    if (!isAny && uri === undefined) {
      return { problem: `Expected prefixes of the namespace mapping, found "${prefix}" in "${source}".` }
    }
    steps.push({ isAnywhere: slashes === '//', uri, local: local === '*' ? undefined : local })
  }
  return { path: { steps } }
}

/** The state above the root element: nothing has been found yet. */
export const noneFound = 1

/** The state at an element, given that of its parent: bit n is set when the path's first n steps lead here. */
export function stateBelow({ steps }: ElementPath, parent: number, local: string, uri: string): number {
  let state = 0
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index]
    if (step === undefined || (parent & (1 << index)) === 0) continue
    if (step.isAnywhere) state |= 1 << index
    const fits = (step.local ?? local) === local && (step.uri ?? uri) === uri
    if (fits) state |= 1 << (index + 1)
  }
  return state
}

/** Whether the whole path leads to the element of this state. */
export function isFound({ steps }: ElementPath, state: number): boolean {
  return (state & (1 << steps.length)) !== 0
}
