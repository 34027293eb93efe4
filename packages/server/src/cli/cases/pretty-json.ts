/** A JSON value, a line for each member and item, with keys sorted; values are the same when their lines are. */
export function prettyJson(value: unknown): readonly string[] {
  return (JSON.stringify(sorted(value), undefined, 2) ?? 'null').split('\n')
}

/** Undefined when the text is no JSON. Numbers that a program cannot hold exactly stay as they are written. */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text, exactNumber) }
  } catch {
    return undefined
  }
}

const exactNumber = ((_key: string, value: unknown, context: { readonly source?: string }) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context.source ?? '')
    ? `number ${context.source}`
    : value) as (key: string, value: unknown) => unknown

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}
