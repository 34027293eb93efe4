import { type EntityBody, ODataError, type PrimitiveValue } from '@sluice/odata'

/**
 * An identifier that the caller chose for something new: letters, digits, `_`, `.`, `-` and blanks inside, at most 150
 * characters, so that it is safe in file names and headers. Throws `ODataError`.
 */
export function checkId(name: string, value: PrimitiveValue | null | undefined): string {
  if (typeof value === 'string' && /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.\- ]{0,148}[\p{L}\p{N}_.-])?$/u.test(value))
    return value
  const found = value === undefined || value === null ? 'none' : `"${String(value).slice(0, 100)}"`
  const expected = 'up to 150 letters, digits, "_", "." and "-", with blanks only inside'
  throw new ODataError('invalid-value', `Expected "${name}" to be ${expected}, found ${found}`)
}

/** A text that the caller must give: one line of 1 to `max` characters without blanks around it. Throws `ODataError`. */
export function checkLine(body: EntityBody, name: string, max: number): string {
  const value = body[name]
  if (typeof value === 'string' && isLine(value, max)) return value
  const found = value === undefined || value === null ? 'none' : `"${String(value).slice(0, 100)}"`
  throw new ODataError('invalid-value', `Expected "${name}" to be one line of 1 to ${max} characters, found ${found}`)
}

/** Whether a text is one line of 1 to `max` characters without blanks around it. */
export function isLine(text: string, max: number): boolean {
  return text.length <= max && /^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u.test(text)
}

/** Characters of one property of a package or artifact; lists have a thousand of them on a page. */
const textCharactersMax = 100_000

/** A text that people write, without a form. Throws `ODataError` when it is longer than 100,000 characters. */
export function checkLength(name: string, text: string): string {
  if (text.length <= textCharactersMax) return text
  const expected = `Expected "${name}" to have at most ${textCharactersMax} characters`
  throw new ODataError('invalid-value', `${expected}, found ${text.length}`)
}
