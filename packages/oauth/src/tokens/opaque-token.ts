import type { Authorization } from '../grants/grant.ts'
import type { BlockCipher, Client, Digests, OpaqueToken, Random } from '../ports.ts'
import { decodeHex, encodeHex } from '../text/encoding.ts'

const tokenPattern = /^[0-9a-f]{32}$/

/** Bytes of a token, and how many of them, before encryption, are the time. The others are random. */
const tokenBytes = 16
const timeBytes = 4

/** Whether `text` could be an opaque token: 128 bits in lower-case hexadecimal. */
export function isOpaqueToken(text: string): boolean {
  return tokenPattern.test(text)
}

interface OpaqueTokenOptions {
  readonly random: Random
  readonly digests: Digests
  readonly tokenCipher: BlockCipher
}

/**
 * Makes a token: its text, and what has to be durable before the text is answered. The text is the encryption of time and
 * random bytes: nobody else can tell it from 128 random bits, and the server can tell from it where the token is stored.
 */
export function createOpaqueToken(
  client: Client,
  { user, scopes, family, confirmation }: Authorization,
  issuedAt: number,
  { random, digests, tokenCipher }: OpaqueTokenOptions,
): { readonly text: string; readonly row: OpaqueToken } {
  const block = new Uint8Array(tokenBytes)
  // Milliseconds modulo 2³² (50 days): tokens of one moment are stored side by side, which is all it is for.
  for (let index = 0; index < timeBytes; index++) block[index] = issuedAt >>> (24 - 8 * index)
  block.set(random.bytes(tokenBytes - timeBytes), timeBytes)
  const text = encodeHex(tokenCipher.encrypt(block))
  const key = keyOf(block, text, digests)
  return {
    text,
    row: {
      ...{ key, clientId: client.id, user, scopes, issuedAt },
      ...(family && { authorization: family.id }),
      ...(confirmation && { confirmation }),
    },
  }
}

/** `OpaqueToken.key` of a text that `isOpaqueToken`. One that was never issued gives some key that is not in use. */
export function opaqueTokenKey(
  text: string,
  { digests, tokenCipher }: Pick<OpaqueTokenOptions, 'digests' | 'tokenCipher'>,
): Uint8Array {
  return keyOf(tokenCipher.decrypt(decodeHex(text)), text, digests)
}

function keyOf(block: Uint8Array, text: string, digests: Digests): Uint8Array {
  const digest = digests.sha256(text)
  const key = new Uint8Array(timeBytes + digest.length)
  key.set(block.subarray(0, timeBytes))
  key.set(digest, timeBytes)
  return key
}
