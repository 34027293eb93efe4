/** A media type with its parameters, as in `multipart/mixed; boundary="a b"`. */
export interface MediaType {
  /** In lower case. */
  readonly type: string
  /** By name in lower case. */
  readonly parameters: ReadonlyMap<string, string>
}

/**
 * Reads the value of a `Content-Type` or `Content-Disposition` header (RFC 2045 section 5.1, RFC 2183). Never throws: what
 * is not a parameter is passed over. `name*` of RFC 2231 counts as `name` when it is UTF-8.
 */
export function parseMediaType(value: string): MediaType {
  const [type = ''] = /^[^;]*/.exec(value) ?? []
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, token = ''] of value.matchAll(
    /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g,
  )) {
    const text = quoted?.replace(/\\(.)/g, '$1') ?? token
    if (!name.endsWith('*')) parameters.set(name.toLowerCase(), text)
    else if (/^utf-8'[^']*'/i.test(text)) parameters.set(name.slice(0, -1).toLowerCase(), unescapePercent(text))
  }
  return { type: type.trim().toLowerCase(), parameters }
}

function unescapePercent(text: string): string {
  const escaped = text.replace(/^[^']*'[^']*'/, '')
  try {
    return decodeURIComponent(escaped)
  } catch {
    return escaped
  }
}
