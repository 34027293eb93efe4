/** Text of one line, also empty. */
export const linePattern = '^[^\\u0000-\\u001f\\u007f]*$'

/** A name without spaces at its ends, which nobody sees. */
export const namePattern = '^[^\\s\\u0000-\\u001f\\u007f]([^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f])?$'

/** A name of a user, as `requireNames` has it, and what Basic can carry: no colon. */
export const userNamePattern =
  '^[^\\s;:*\\u0000-\\u001f\\u007f]([^;:\\u0000-\\u001f\\u007f]*[^\\s;:\\u0000-\\u001f\\u007f])?$'

/** An e-mail address, or nothing. */
export const emailPattern = '^([^\\s@<>()\\u0000-\\u001f\\u007f]+@[^\\s@<>()\\u0000-\\u001f\\u007f]+)?$'

/** The ID of a client: what stands in an Authorization header and in a URL as it is. */
export const clientIdPattern = '^[A-Za-z0-9._~-]{1,128}$'

/** RFC 6749 §3.3. */
export const scopePattern = '^[\\x21\\x23-\\x5b\\x5d-\\x7e]+$'

/** RFC 6749 §3.3 without the comma, which clients in the field separate scopes by. */
export const declaredScopePattern = '^[\\x21\\x23-\\x2b\\x2d-\\x5b\\x5d-\\x7e]{1,128}$'

/** RFC 5646, roughly. */
export const languageTagPattern = '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$'

export const momentPattern = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?(Z|[+-]\\d{2}:\\d{2})$'

export const colorPattern = '^#[0-9a-fA-F]{6}$'

/** The ID of what is numbered. */
export const numberPattern = '^\\d{1,15}$'

/** A link on a page, or none. */
export const linkPattern = '^(https?://[^\\s\\u0000-\\u001f"<>\\\\]+)?$'

const words: ReadonlyMap<string, string> = new Map([
  [linePattern, 'one line'],
  [namePattern, 'one line without spaces at its ends'],
  [userNamePattern, 'one line without ; and :, without * at its beginning and spaces at its ends'],
  [emailPattern, 'an e-mail address, or empty'],
  [clientIdPattern, '1 to 128 letters, digits and . _ ~ -'],
  [scopePattern, 'printable ASCII characters other than spaces, quotation marks and backslashes'],
  [
    declaredScopePattern,
    '1 to 128 printable ASCII characters other than spaces, commas, quotation marks and backslashes',
  ],
  [languageTagPattern, 'a language tag such as de or pt-BR'],
  [momentPattern, 'a time such as 2026-12-31T12:00:00Z'],
  [colorPattern, 'a colour such as #007CC0'],
  [numberPattern, 'a whole number'],
  [linkPattern, 'an http or https URL, or empty'],
])

/** What a pattern asks for in words that go on after "Expected … to be"; undefined for patterns that no person meets. */
export function wordsOfPattern(pattern: string): string | undefined {
  return words.get(pattern)
}
