import type { Keys } from '../ports.ts'

/** The public halves of all keys that verify tokens (RFC 7517 §5). */
export function jsonWebKeySet(keys: Keys): { keys: Readonly<Record<string, string>>[] } {
  return { keys: keys.all().map(key => key.publicJwk) }
}
