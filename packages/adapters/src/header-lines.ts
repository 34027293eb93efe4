import { asText } from '@sluice/iflow'

/**
 * A message header as HTTP writes it: a line for each value of a list, no line for a value that is nothing or a name that
 * is no token (RFC 9110 section 5.6.2). A value is one line of Latin-1 (section 5.5): line breaks and other controls
 * become blanks, the rest a `?`.
 */
export function headerLines(name: string, value: unknown): (readonly [name: string, value: string])[] {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || value === null || value === undefined) return []
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.map(item => [
    name,
    asText(item)
      .replace(/\p{Cc}+/gu, ' ')
      .replace(/[^\u0020-\u00ff]/gu, '?')
      .trim(),
  ])
}
