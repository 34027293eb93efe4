/** What XML 1.0 (section 2.2) cannot carry in any form, not even as a character reference. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

function replaceForbidden(text: string): string {
  return text.toWellFormed().replace(forbidden, '\ufffd')
}

/** Text for element content. Characters that XML cannot carry become U+FFFD; a carriage return survives as a reference. */
export function escapeText(text: string): string {
  return replaceForbidden(text).replace(/[&<>\r]/g, character => references[character] ?? character)
}

/** Text for an attribute value in double quotes. */
export function escapeAttribute(text: string): string {
  return replaceForbidden(text).replace(/[&<>"\t\n\r]/g, character => references[character] ?? character)
}

/** ` name="value"` for each attribute that is not undefined. */
export function attributes(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeAttribute(value)}"`))
    .join('')
}

export const xmlDeclaration = '<?xml version="1.0" encoding="utf-8"?>'

export const xmlNamespaces = {
  atom: 'http://www.w3.org/2005/Atom',
  app: 'http://www.w3.org/2007/app',
  edm: 'http://schemas.microsoft.com/ado/2008/09/edm',
  edmx: 'http://schemas.microsoft.com/ado/2007/06/edmx',
  data: 'http://schemas.microsoft.com/ado/2007/08/dataservices',
  metadata: 'http://schemas.microsoft.com/ado/2007/08/dataservices/metadata',
  scheme: 'http://schemas.microsoft.com/ado/2007/08/dataservices/scheme',
  related: 'http://schemas.microsoft.com/ado/2007/08/dataservices/related',
} as const
