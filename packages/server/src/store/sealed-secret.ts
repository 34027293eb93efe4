import type { Seal } from './seal.ts'

/** The secret of a credential. The name under which it is sealed is authenticated: a row cannot be given the secret of another. */
export function sealSecret(seal: Seal, name: string, secret: string): Uint8Array {
  return seal.seal(sealName(name), Buffer.from(secret))
}

/** Throws when it was changed behind the store's back. */
export function openSecret(seal: Seal, name: string, sealed: Uint8Array): string {
  const secret = seal.open(sealName(name), sealed)
  if (!secret) throw new Error(`Expected the secret of credential "${name}" as it was sealed, found it changed`)
  return Buffer.from(secret).toString('utf8')
}

function sealName(name: string): string {
  return `credential:${name}`
}
