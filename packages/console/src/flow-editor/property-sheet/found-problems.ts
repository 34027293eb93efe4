import { createContext } from 'react'

/** What the compiler found in the flow that is edited. */
export interface FoundProblem {
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** BPMN ID of the element that it is at. */
  readonly elementId: string | undefined
  /** Key of the property that it is about. */
  readonly property: string | undefined
}

/** Given by whoever checks the flow; the sheet shows at an element and its fields what is wrong there. */
export const FoundProblems = createContext<readonly FoundProblem[]>([])

/** What was found at one element: by property, and what is about none that has a field. */
export function problemsAt(
  found: readonly FoundProblem[],
  ids: readonly (string | undefined)[],
  keys: readonly string[],
): { readonly byKey: ReadonlyMap<string, string>; readonly rest: readonly FoundProblem[] } {
  const here = found.filter(({ elementId }) => elementId !== undefined && ids.includes(elementId))
  const hasField = ({ property }: FoundProblem) => property !== undefined && keys.includes(property)
  return {
    byKey: new Map(here.filter(hasField).map(({ property = '', message }) => [property, message])),
    rest: here.filter(problem => !hasField(problem)),
  }
}
