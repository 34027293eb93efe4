import type { Authorization } from '../grants/grant.ts'
import type { Client, Digests, Random, TokenStore } from '../ports.ts'
import { encodeHex } from '../text/encoding.ts'

const tokenPattern = /^[0-9a-f]{32}$/

/** Whether `text` could be an opaque token: 128 bits in lower-case hexadecimal. */
export function isOpaqueToken(text: string): boolean {
  return tokenPattern.test(text)
}

interface OpaqueTokenOptions {
  readonly tokens: TokenStore
  readonly random: Random
  readonly digests: Digests
}

/** Draws a token and stores its digest; resolves with the token's text when it is durable. */
export async function issueOpaqueToken(
  client: Client,
  { user, scopes }: Authorization,
  issuedAt: number,
  { tokens, random, digests }: OpaqueTokenOptions,
): Promise<string> {
  const text = encodeHex(random.bytes(16))
  await tokens.insert({ hash: digests.sha256(text), clientId: client.id, user, scopes, issuedAt })
  return text
}
