/** An attribute of a distinguished name: its type in upper case, and its value as it is meant. */
type Attribute = readonly [type: string, value: string]

/** Other names of attribute types (RFC 4514 §3, and what OpenSSL and Java write). */
const typeAliases: Readonly<Record<string, string>> = { E: 'EMAILADDRESS', S: 'ST', STREETADDRESS: 'STREET' }

/**
 * The relative distinguished names of a distinguished name in the text form of RFC 4514, the most specific first; undefined
 * where it is none. Values in hexadecimal (`#04…`) are not understood.
 */
export function parseDistinguishedName(text: string): readonly (readonly Attribute[])[] | undefined {
  const parts = splitUnescaped(text)
  const names: Attribute[][] = [[]]
  for (const { text: part, separator } of parts) {
    const attribute = readAttribute(part)
    if (!attribute) return undefined
    names.at(-1)?.push(attribute)
    if (separator === ',') names.push([])
  }
  return names
}

/** Whether both mean the same: attributes in this order, types without regard to case, values exactly. */
export function isSameDistinguishedName(one: string, other: string): boolean {
  const [a, b] = [parseDistinguishedName(one), parseDistinguishedName(other)]
  return a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b)
}

interface Part {
  readonly text: string
  readonly separator: ',' | '+' | ''
}

function splitUnescaped(text: string): Part[] {
  const parts: Part[] = []
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '\\') at += 1
    else if (character === ',' || character === '+') {
      parts.push({ text: text.slice(start, at), separator: character })
      start = at + 1
    }
  }
  parts.push({ text: text.slice(start), separator: '' })
  return parts
}

const typePattern = /^(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)$/

function readAttribute(text: string): Attribute | undefined {
  const equals = text.indexOf('=')
  const type = text.slice(0, Math.max(equals, 0)).trim().toUpperCase()
  const value = withoutMargin(text.slice(equals + 1))
  const unescaped = value.startsWith('#') ? undefined : unescaped2253(value)
  if (!typePattern.test(type) || unescaped === undefined) return undefined
  return [typeAliases[type] ?? type, unescaped]
}

/** A space at the end counts where it is escaped. */
function withoutMargin(value: string): string {
  const trimmed = value.trim()
  const backslashes = trimmed.length - trimmed.replace(/\\+$/, '').length
  return backslashes % 2 === 1 && /\s$/.test(value) ? `${trimmed} ` : trimmed
}

/** RFC 4514 §2.4: a backslash stands before a character that is meant as it is, or before a byte of UTF-8 in hexadecimal. */
function unescaped2253(value: string): string | undefined {
  const bytes: Buffer[] = []
  let read = 0
  for (const [all, hex, special, plain = ''] of value.matchAll(/\\([0-9A-Fa-f]{2})|\\([\\ "#+,;<=>])|([^\\]+)/gu)) {
    bytes.push(hex === undefined ? Buffer.from(special ?? plain) : Buffer.from(hex, 'hex'))
    read += all.length
  }
  return read === value.length ? Buffer.concat(bytes).toString('utf8') : undefined
}
