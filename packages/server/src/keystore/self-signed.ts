import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import type { KeyPair } from '@sluice/iflow'
import forge from 'node-forge'
import {
  type Asn1,
  bits,
  decodeDer,
  encodeDer,
  integer,
  object,
  octets,
  oidOf,
  partsOf,
  primitive,
  sequence,
  set,
  tagged,
  time,
} from './der.ts'
import { keyPairOf } from './key-material.ts'
import { KeystoreError } from './keystore-error.ts'
import { type Hash, signingWith } from './signature.ts'

const { Type } = forge.asn1

/** A certificate to be made for a private key, which signs it itself. */
export interface CertificateRequest {
  readonly hash: Hash
  /** Attributes of the distinguished name by their short names, from the country down. */
  readonly subject: readonly (readonly [name: SubjectAttribute, value: string])[]
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly validFrom: number
  readonly validTo: number
  /** `Extensions` of RFC 5280 in DER, in the place of those of the same name that would be made. */
  readonly extensions?: Uint8Array
}

/** A key pair to be generated, with its certificate. */
export interface GenerationRequest extends CertificateRequest {
  readonly key:
    | { readonly type: 'RSA'; readonly bits: number }
    | { readonly type: 'DSA'; readonly bits: number }
    | { readonly type: 'EC'; readonly curve: string }
}

/** OIDs of RFC 4519 and, for the e-mail address, RFC 2985. */
const attributeOids = {
  C: '2.5.4.6',
  ST: '2.5.4.8',
  L: '2.5.4.7',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  E: '1.2.840.113549.1.9.1',
} as const

export type SubjectAttribute = keyof typeof attributeOids

/** Generates a key pair and its certificate for client and server authentication and signatures. */
export function generateSelfSigned(request: GenerationRequest): KeyPair {
  return certifySelf(generateKey(request.key), request)
}

function generateKey(key: GenerationRequest['key']): KeyObject {
  if (key.type === 'EC') return generateKeyPairSync('ec', { namedCurve: key.curve }).privateKey
  if (key.type === 'RSA') return generateKeyPairSync('rsa', { modulusLength: key.bits }).privateKey
  // FIPS 186-4 section 4.2.
  return generateKeyPairSync('dsa', { modulusLength: key.bits, divisorLength: key.bits > 1024 ? 256 : 160 }).privateKey
}

/** A private key with a certificate (RFC 5280, version 3) that it signs itself. Throws `KeystoreError`. */
export function certifySelf(privateKey: KeyObject, request: CertificateRequest): KeyPair {
  const { algorithm, sign } = signingWith(privateKey, request.hash)
  const content = certificateContent(request, createPublicKey(privateKey), algorithm)
  const certificate = sequence(content, algorithm, bits(sign(encodeDer(content))))
  return keyPairOf(privateKey, [encodeDer(certificate)])
}

function certificateContent(request: CertificateRequest, key: KeyObject, algorithm: Asn1): Asn1 {
  const { subject, validFrom, validTo } = request
  const name = sequence(
    ...subject.map(([attribute, value]) =>
      set(sequence(object(attributeOids[attribute]), attributeValue(attribute, value))),
    ),
  )
  const keyInfo = key.export({ type: 'spki', format: 'der' })
  const serial = randomBytes(16)
  // Positive, and as long as it looks.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  return sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    name,
    sequence(time(validFrom), time(validTo)),
    name,
    decodeDer(keyInfo),
    tagged(3, sequence(...extensionsOf(request, keyInfo))),
  )
}

function extensionsOf({ extensions }: CertificateRequest, keyInfo: Uint8Array): Asn1[] {
  const made = [
    extension('2.5.29.14', false, octets(createHash('sha1').update(keyInfo).digest())),
    extension('2.5.29.19', true, sequence()),
    // digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment
    extension('2.5.29.15', true, primitive(Type.BITSTRING, '\x04\xf0')),
  ]
  const given = extensions ? readExtensions(extensions) : []
  const names = new Set(given.map(nameOf))
  return [...made.filter(one => !names.has(nameOf(one))), ...given]
}

/** A SEQUENCE of one or more SEQUENCEs that begin with an object identifier and end with octets (RFC 5280 section 4.1). */
function readExtensions(der: Uint8Array): readonly Asn1[] {
  const given = partsOf(decodeDer(der))
  const areExtensions = given.every(one => {
    const parts = partsOf(one)
    return parts[0]?.type === Type.OID && parts.at(-1)?.type === Type.OCTETSTRING && parts.length <= 3
  })
  if (given.length > 0 && areExtensions) return given
  throw new KeystoreError('Expected extensions to be a list of X.509 extensions in DER, found something else')
}

function nameOf(one: Asn1): string {
  return oidOf(partsOf(one)[0])
}

function attributeValue(attribute: SubjectAttribute, value: string): Asn1 {
  if (attribute === 'C') return primitive(Type.PRINTABLESTRING, value)
  if (attribute === 'E') return primitive(Type.IA5STRING, value)
  return primitive(Type.UTF8, Buffer.from(value, 'utf8').toString('binary'))
}

function extension(oid: string, critical: boolean, value: Asn1): Asn1 {
  const flag = critical ? [primitive(Type.BOOLEAN, '\xff')] : []
  return sequence(object(oid), ...flag, octets(encodeDer(value)))
}
