import type { Scope } from '../api/scopes.ts'
import { translated } from '../components/translations.ts'

/** What a scope lets a client do, in the person's language. */
export function descriptionIn({ description, translations }: Scope, language: string): string {
  const texts = Object.entries(translations).map(([tag, text]) => [tag, { description: text }] as const)
  return translated(Object.fromEntries(texts), language, 'description', description)
}
