/** How XML names with namespaces are spelt in JSON: `prefix`, `separator`, local name. */
export interface JsonNames {
  readonly separator: string
  /** JSON prefix to XML namespace; undefined when namespaces are left out of JSON. */
  readonly namespaces: ReadonlyMap<string, string> | undefined
}

/** The rows of a `jsonNamespaceMapping`, in either order of their two cells: a prefix is letters and digits. */
export function jsonNamespaces(rows: readonly (readonly string[])[]): ReadonlyMap<string, string> {
  return new Map(
    rows.map(([first = '', second = '']) =>
      /^[A-Za-z][A-Za-z0-9]*$/.test(second) ? [second, first] : [first, second],
    ),
  )
}
