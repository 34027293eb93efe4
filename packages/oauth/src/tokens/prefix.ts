/** What the audit log may say of a token or code: its first 5 characters, as the original does. */
export function prefixOf(text: string): string {
  return text.slice(0, 5)
}
