import { Failure } from '../../run/failure.ts'

/** The text without its XML declaration (XML 1.0, section 2.8), if it has one. */
export function withoutDeclaration(text: string): string {
  return text.replace(/^\uFEFF?<\?xml\s[^>]*\?>/, '')
}

/**
 * The text without a document type declaration that has an external identifier, or declares an entity or notation that
 * has one. Throws a `Failure` of code `not-well-formed` when the declaration does not end.
 */
export function withoutExternalDtd(text: string): string {
  const start = /^\uFEFF?(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/.exec(text)?.[0].length ?? 0
  if (!text.startsWith('<!DOCTYPE', start)) return text
  const tokens = /"[^"]*"|'[^']*'|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|\[|\]|<|>|\b(?:SYSTEM|PUBLIC)\b|[^"'[\]<>\w]+|\w+/y
  tokens.lastIndex = start
  let depth = 0
  let isExternal = false
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const [token] = match
    if (token === 'SYSTEM' || token === 'PUBLIC') isExternal = true
    else if (token === '<' || token === '[') depth += 1
    else if (token === '>' || token === ']') depth -= 1
    if (depth === 0) return isExternal ? text.slice(0, start) + text.slice(tokens.lastIndex) : text
  }
  throw new Failure('Expected the end of the document type declaration, found the end of the text.', {
    code: 'not-well-formed',
  })
}
