/**
 * A parsed `cmdVariantUri`, for example
 * `ctype::AdapterVariant/cname::sap:HTTPS/tp::HTTPS/mp::None/direction::Sender/version::1.5.2`.
 * `cname` comes without a `sap:` prefix.
 */
export interface Variant {
  readonly ctype: string
  readonly cname: string
  readonly transportProtocol: string | undefined
  readonly messageProtocol: string | undefined
  readonly direction: string | undefined
  readonly vendor: string | undefined
  readonly version: string | undefined
}

/**
 * Reads the value of a `cmdVariantUri` property. Values may contain `/`: only a `/` before the next `key::` separates.
 * Undefined when there is neither a `ctype` nor a `cname`.
 */
export function parseVariant(cmdVariantUri: string): Variant | undefined {
  const parts = new Map<string, string>()
  for (const part of cmdVariantUri.trim().split(/\/(?=\w+::)/)) {
    const separator = part.indexOf('::')
    if (separator > 0) parts.set(part.slice(0, separator), part.slice(separator + 2))
  }
  const ctype = parts.get('ctype')
  const cname = parts.get('cname')
  if (ctype === undefined && cname === undefined) return undefined
  return {
    ctype: ctype ?? '',
    cname: (cname ?? '').replace(/^sap:/, ''),
    transportProtocol: parts.get('tp'),
    messageProtocol: parts.get('mp'),
    direction: parts.get('direction'),
    vendor: parts.get('vendor'),
    version: parts.get('version'),
  }
}
