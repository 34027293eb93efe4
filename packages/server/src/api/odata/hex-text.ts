import { ODataError } from '@sluice/odata'

/** A text in the hexadecimal notation that keys have: upper-case digits of its UTF-8. */
export function hexOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('hex').toUpperCase()
}

/** The text of a key in hexadecimal notation, in any case. Throws `ODataError`. */
export function textOfHex(name: string, hex: string): string {
  if (/^(?:[0-9a-f]{2})+$/i.test(hex)) return Buffer.from(hex, 'hex').toString('utf8')
  throw new ODataError('malformed-key', `Expected "${name}" to be hexadecimal digits, found "${hex.slice(0, 100)}"`)
}
