/**
 * What is wrong with the address of an HTTPS sender, in the pattern "…, found …"; undefined when nothing is. The rules
 * are those of the original's adapter page (HTTPS Sender Adapter, Address): begins with `/`; letters, digits and `_`;
 * `.`, `-` and `~` inside, each before a letter, digit or `_`, `~` not in the first part; `$` only at the very beginning;
 * `*` only as a last `/*`.
 */
export function addressProblem(address: string): string | undefined {
  if (!address.startsWith('/')) return `an address that begins with "/", found "${address}"`
  const path = address.endsWith('/*') ? address.slice(0, -2) : address
  if (path.includes('*')) return `"*" only as "/*" at the end of the address, found "${address}"`
  if (path.indexOf('$', 2) >= 0) return `"$" only right after the first "/" of the address, found "${address}"`
  const unknown = /[^\w/.~$-]/.exec(path)?.[0]
  if (unknown !== undefined) return `letters, digits and _ ~ - . $ in the address, found "${unknown}" in "${address}"`
  const parts = path.split('/').slice(1)
  if (parts.includes('')) return `something between and after the "/" of the address, found "${address}"`
  const [first = ''] = parts
  if (/^\$?[.~-]/.test(first) || first.includes('~')) {
    return `an address that does not begin with ".", "-" or "~" and has "~" only in later parts, found "${address}"`
  }
  if (parts.some(part => /[.~-](?!\w)/.test(part))) {
    return `a letter, digit or "_" after each ".", "-" and "~" of the address, found "${address}"`
  }
  return undefined
}
