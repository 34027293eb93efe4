const invalidIn10 = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const invalidIn11 = /[^\u0001-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const restrictedIn11 = /(?![\t\n\r\u0085])\p{Cc}/gu

/**
 * Replaces the characters that the text's XML version does not allow (section 2.2 of XML 1.0 and 1.1). Those that XML 1.1
 * allows only as references become references.
 */
export function replaceInvalid(text: string, replacement: string): string {
  if (!/^\uFEFF?<\?xml\s[^>]*version\s*=\s*["']1\.1["']/.test(text)) return text.replace(invalidIn10, replacement)
  return text.replace(invalidIn11, replacement).replace(restrictedIn11, character => `&#${character.charCodeAt(0)};`)
}
