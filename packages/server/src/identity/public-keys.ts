import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { BoundedMap, type JwsAlgorithm, type PublicJwk, type PublicKeys } from '@sluice/oauth'

/** Keys that are kept as node:crypto wants them: reading one takes as long as verifying with it. */
const keysMax = 1000

/** JWS wants the raw r‖s form (RFC 7518 §3.4). */
const dsaEncoding = 'ieee-p1363'

/** Verifies signatures of others by node:crypto. */
export function createPublicKeys(): PublicKeys {
  const keys = new BoundedMap<string, KeyObject>(keysMax)

  function keyOf(jwk: PublicJwk): KeyObject {
    const name = `${jwk.kty} ${jwk.crv ?? ''} ${jwk.x ?? jwk.n} ${jwk.y ?? jwk.e ?? ''}`
    const known = keys.get(name)
    if (known) return known
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
    keys.set(name, key)
    return key
  }

  return {
    verify(jwk, alg, input, signature) {
      try {
        return verifySignature(keyOf(jwk), alg, Buffer.from(input), signature)
      } catch {
        // A key that is none, such as a point off its curve.
        return false
      }
    },
  }
}

function verifySignature(key: KeyObject, alg: JwsAlgorithm, input: Uint8Array, signature: Uint8Array): boolean {
  switch (alg) {
    case 'ES256':
      return verify('sha256', input, { key, dsaEncoding }, signature)
    case 'ES384':
      return verify('sha384', input, { key, dsaEncoding }, signature)
    case 'RS256':
      return verify('sha256', input, { key, padding: constants.RSA_PKCS1_PADDING }, signature)
    case 'PS256': {
      // RFC 7518 §3.5: the salt is as long as the digest.
      const saltLength = constants.RSA_PSS_SALTLEN_DIGEST
      return verify('sha256', input, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)
    }
    case 'EdDSA':
    case 'Ed25519':
      return verify(null, input, key, signature)
  }
}
