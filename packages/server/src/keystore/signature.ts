import { type KeyObject, sign } from 'node:crypto'
import forge from 'node-forge'
import { type Asn1, object, primitive, sequence } from './der.ts'
import { KeystoreError } from './keystore-error.ts'

export type Hash = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

/** Kinds of keys as people name them. */
export type KeyFamily = 'RSA' | 'DSA' | 'EC' | 'Ed25519' | 'Ed448'

const families: Readonly<Record<string, KeyFamily>> = {
  rsa: 'RSA',
  dsa: 'DSA',
  ec: 'EC',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
}

/** Throws `KeystoreError` for a kind that certificates are not made for. */
export function keyFamilyOf({ asymmetricKeyType: type }: KeyObject): KeyFamily {
  const family = families[type ?? '']
  if (family) return family
  throw new KeystoreError(`Expected a key of type ${Object.values(families).join(', ')}, found ${type}`)
}

/** RFC 8017 appendix A.2.4, RFC 5758 section 3, RFC 8410 section 3. */
const oids: Readonly<Record<string, Readonly<Partial<Record<Hash, string>>> | string>> = {
  rsa: {
    sha1: '1.2.840.113549.1.1.5',
    sha224: '1.2.840.113549.1.1.14',
    sha256: '1.2.840.113549.1.1.11',
    sha384: '1.2.840.113549.1.1.12',
    sha512: '1.2.840.113549.1.1.13',
  },
  dsa: {
    sha1: '1.2.840.10040.4.3',
    sha224: '2.16.840.1.101.3.4.3.1',
    sha256: '2.16.840.1.101.3.4.3.2',
  },
  ec: {
    sha1: '1.2.840.10045.4.1',
    sha224: '1.2.840.10045.4.3.1',
    sha256: '1.2.840.10045.4.3.2',
    sha384: '1.2.840.10045.4.3.3',
    sha512: '1.2.840.10045.4.3.4',
  },
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
}

/** How something is signed with a private key. */
export interface Signing {
  /** The AlgorithmIdentifier of the signature. */
  readonly algorithm: Asn1
  sign(bytes: Uint8Array): Uint8Array
}

/** Keys of Edwards curves have a hash of their own. Throws `KeystoreError` for a key that certificates are not signed with. */
export function signingWith(privateKey: KeyObject, hash: Hash): Signing {
  const type = privateKey.asymmetricKeyType ?? 'unknown'
  const known = oids[type]
  const oid = typeof known === 'string' ? known : known?.[hash]
  if (oid === undefined) {
    throw new KeystoreError(`Expected a key and a hash that certificates are signed with, found ${type} and ${hash}`)
  }
  const parameters = type === 'rsa' ? [primitive(forge.asn1.Type.NULL, '')] : []
  return {
    algorithm: sequence(object(oid), ...parameters),
    sign: bytes => new Uint8Array(sign(typeof known === 'string' ? null : hash, bytes, privateKey)),
  }
}
