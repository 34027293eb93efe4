import type { ReactElement } from 'react'

/**
 * How a field of UI5 shows that something is wrong with it: red, and with the problem in the box that opens below it, where it
 * would say "Invalid entry" otherwise.
 */
export function problemState(
  problem: string | undefined,
): { readonly valueState: 'None' } | { readonly valueState: 'Negative'; readonly valueStateMessage: ReactElement } {
  if (problem === undefined) return { valueState: 'None' }
  return { valueState: 'Negative', valueStateMessage: <span>{problem}</span> }
}
