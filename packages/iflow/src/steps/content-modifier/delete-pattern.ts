/** Which headers or properties a Delete row removes: one name, or all names that a filter lets through. */
export type DeletePattern = { readonly name: string } | { matches(name: string): boolean }

/**
 * Reads the Name cell of a Delete row: `Name`, `$name=Name`, `$include=sap_*`, `$include=*,$exclude=sap_*`. In patterns
 * `*` stands for any text. Undefined when it is none of these.
 */
export function parseDeletePattern(cell: string, options: { readonly ignoreCase: boolean }): DeletePattern | undefined {
  if (!/^\$(name|include|exclude)=/.test(cell)) return cell === '' ? undefined : { name: cell }
  if (cell.startsWith('$name=')) return { name: cell.slice('$name='.length) }
  const include: RegExp[] = []
  const exclude: RegExp[] = []
  for (const part of cell.split(',')) {
    const match = /^\s*\$(include|exclude)=(.+)$/.exec(part)
    if (match === null) return undefined
    const list = match[1] === 'include' ? include : exclude
    list.push(wildcard((match[2] ?? '').trim(), options.ignoreCase))
  }
  return {
    matches: name => include.some(pattern => pattern.test(name)) && !exclude.some(pattern => pattern.test(name)),
  }
}

function wildcard(pattern: string, ignoreCase: boolean): RegExp {
  const escaped = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('.*')}$`, ignoreCase ? 'i' : '')
}
