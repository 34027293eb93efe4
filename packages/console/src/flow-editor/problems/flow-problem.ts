import type { Diagnostic } from '../../api/flow-trials.ts'

/** Something that keeps a flow from running, or deserves a look, and where it is. */
export interface FlowProblem {
  readonly severity: 'error' | 'warning'
  /** Stable, in kebab-case. */
  readonly code: string
  readonly message: string
  /** BPMN ID. */
  readonly elementId: string | undefined
  readonly elementName: string | undefined
  /** Key of the property that the message names. */
  readonly property: string | undefined
  /** Path in the artifact. */
  readonly file: string | undefined
  readonly line: number | undefined
}

/** What the compiler found: errors first, then in the order of the file. */
export function problemsOf(diagnostics: readonly Diagnostic[]): readonly FlowProblem[] {
  const rank = ({ severity }: FlowProblem) => (severity === 'error' ? 0 : 1)
  return diagnostics
    .map(({ severity, code, message, at }): FlowProblem => {
      const property = /\bproperty "([^"]+)"/.exec(message)?.[1]
      const { elementId, elementName, file, line } = at
      return { severity, code, message, elementId, elementName: elementName || undefined, property, file, line }
    })
    .sort((a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0))
}

/** Problems by the element that they are at. */
export function problemsByElement(problems: readonly FlowProblem[]): ReadonlyMap<string, readonly FlowProblem[]> {
  const found = new Map<string, FlowProblem[]>()
  for (const problem of problems) {
    if (problem.elementId === undefined) continue
    const known = found.get(problem.elementId)
    if (known) known.push(problem)
    else found.set(problem.elementId, [problem])
  }
  return found
}
