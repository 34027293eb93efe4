import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import type { Keys, SigningKey } from '@sluice/oauth'
import type { Keys as SealedKeys } from '../store/store.ts'

const name = 'token-signing'

/** JWS wants the raw r‖s form (RFC 7518 §3.4), not the DER form that is Node's default. */
const dsaEncoding = 'ieee-p1363'

/**
 * The ES256 keys of tokens: private halves in the store's sealed values, one PKCS #8 PEM after the other, the first of
 * which signs. The first start on a store creates one.
 */
export async function openSigningKeys(store: SealedKeys): Promise<Keys> {
  const stored = await store.find(name)
  const keys = readPem(stored ? Buffer.from(stored).toString('utf8') : await create(store))
  const [current] = keys
  if (!current) throw new Error(`Expected at least one private key in the stored value "${name}", found none`)
  const byId = new Map(keys.map(key => [key.kid, key]))
  return { current: () => current, find: kid => byId.get(kid), all: () => keys }
}

async function create(store: SealedKeys): Promise<string> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  await store.put(name, Buffer.from(pem))
  return pem
}

function readPem(text: string): SigningKey[] {
  const blocks = text.match(/-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/g) ?? []
  return blocks.map(pem => signingKey(createPrivateKey(pem)))
}

function signingKey(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey)
  const { crv = '', kty = '', x = '', y = '' } = publicKey.export({ format: 'jwk' }) as Record<string, string>
  const kid = thumbprint({ crv, kty, x, y })
  return {
    kid,
    alg: 'ES256',
    sign: input => sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding }),
    verify: (input, signature) => verify('sha256', Buffer.from(input), { key: publicKey, dsaEncoding }, signature),
    publicJwk: { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' },
  }
}

/** RFC 7638: the members in alphabetical order. */
function thumbprint(members: { crv: string; kty: string; x: string; y: string }): string {
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}
