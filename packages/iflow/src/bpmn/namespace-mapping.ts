/** A flow's namespace prefixes, for XPath. */
export interface NamespaceMapping {
  /** Prefix to namespace URI. */
  readonly namespaces: ReadonlyMap<string, string>
  /** Entries that are not of the form `xmlns:prefix=uri`, as written. */
  readonly malformed: readonly string[]
}

/**
 * Reads the flow's `namespaceMapping` property: `xmlns:p=uri;xmlns:q=uri`. Quotes around a URI, blanks around an entry and
 * a trailing `;` are tolerated; of a repeated prefix the last entry counts.
 */
export function parseNamespaceMapping(value: string): NamespaceMapping {
  const namespaces = new Map<string, string>()
  const malformed: string[] = []
  for (const part of value.split(/;(?=\s*(?:xmlns:|$))/)) {
    const entry = part.trim()
    if (entry === '') continue
    const match = /^xmlns:([^\s=:]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^"'].*))$/.exec(entry)
    const uri = match?.[2] ?? match?.[3] ?? match?.[4]
    if (match?.[1] && uri) namespaces.set(match[1], uri)
    else malformed.push(entry)
  }
  return { namespaces, malformed }
}
