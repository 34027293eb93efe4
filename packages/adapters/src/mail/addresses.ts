import type { MailAddress } from '@sluice/iflow'

/** Longest address (RFC 5321 section 4.5.3.1.3), without its angle brackets. */
const addressLengthMax = 254

/**
 * Reads addresses as people write them: `a@b`, `Name <a@b>` or `"Name, Title" <a@b>`, separated by `,` or `;`. Names and
 * addresses come without control characters, so that neither can end a line of the mail. Quoted local parts are not
 * addresses here.
 */
export function readAddresses(
  text: string,
): { readonly addresses: readonly MailAddress[] } | { readonly problem: string } {
  const addresses: MailAddress[] = []
  for (const item of splitList(text.replace(/\p{Cc}+/gu, ' '))) {
    const read = readAddress(item.trim())
    if (read === undefined) return { problem: `an e-mail address, found "${item.trim().slice(0, 100)}"` }
    addresses.push(read)
  }
  return { addresses }
}

/** Separators within quotes or angle brackets part nothing; empty items are left out. */
function splitList(text: string): string[] {
  const items = text.match(/(?:"(?:[^"\\]|\\.)*"|<[^<>]*>|[^,;"<]|["<])+/gs) ?? []
  return items.filter(item => item.trim() !== '')
}

function readAddress(item: string): MailAddress | undefined {
  const [, name = '', address = item] = /^([^<>]*)<([^<>]*)>$/.exec(item) ?? []
  const plain = address.trim()
  if (plain.length > addressLengthMax || !/^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+$/.test(plain)) return undefined
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(name.trim())?.[1]
  return { name: quoted?.replace(/\\(.)/g, '$1') ?? name.trim(), address: plain }
}
