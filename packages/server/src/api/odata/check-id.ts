import { ODataError, type PrimitiveValue } from '@sluice/odata'

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
