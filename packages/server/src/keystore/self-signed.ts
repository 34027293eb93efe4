import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { KeyPair } from '@sluice/iflow'
import forge from 'node-forge'
import { keyPairOf } from './key-material.ts'

const { asn1 } = forge
const { Class, Type } = asn1
type Asn1 = forge.asn1.Asn1

/** A key pair to be generated, with a certificate that it signs itself. */
export interface GenerationRequest {
  readonly key: { readonly type: 'RSA'; readonly bits: number } | { readonly type: 'EC'; readonly curve: string }
  readonly hash: 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'
  /** Attributes of the distinguished name by their short names, from the country down. */
  readonly subject: readonly (readonly [name: SubjectAttribute, value: string])[]
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly validFrom: number
  readonly validTo: number
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

/** RFC 8017 appendix A.2.4 and RFC 5758 section 3.2. */
const signatureOids = {
  RSA: {
    sha1: '1.2.840.113549.1.1.5',
    sha224: '1.2.840.113549.1.1.14',
    sha256: '1.2.840.113549.1.1.11',
    sha384: '1.2.840.113549.1.1.12',
    sha512: '1.2.840.113549.1.1.13',
  },
  EC: {
    sha1: '1.2.840.10045.4.1',
    sha224: '1.2.840.10045.4.3.1',
    sha256: '1.2.840.10045.4.3.2',
    sha384: '1.2.840.10045.4.3.3',
    sha512: '1.2.840.10045.4.3.4',
  },
} as const

/** Generates a key pair and its certificate (RFC 5280, version 3) for client and server authentication and signatures. */
export function generateSelfSigned(request: GenerationRequest): KeyPair {
  const { key, hash } = request
  const { publicKey, privateKey } =
    key.type === 'RSA'
      ? generateKeyPairSync('rsa', { modulusLength: key.bits })
      : generateKeyPairSync('ec', { namedCurve: key.curve })
  const oid = object(signatureOids[key.type][hash])
  const algorithm = key.type === 'RSA' ? sequence(oid, primitive(Type.NULL, '')) : sequence(oid)
  const content = certificateContent(request, publicKey, algorithm)
  const signature = sign(hash, Buffer.from(asn1.toDer(content).getBytes(), 'binary'), privateKey)
  const certificate = sequence(content, algorithm, bits(signature))
  return keyPairOf(privateKey, [Buffer.from(asn1.toDer(certificate).getBytes(), 'binary')])
}

function certificateContent({ subject, validFrom, validTo }: GenerationRequest, key: KeyObject, algorithm: Asn1): Asn1 {
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
    asn1.fromDer(keyInfo.toString('binary')),
    tagged(
      3,
      sequence(
        extension('2.5.29.14', false, octets(createHash('sha1').update(keyInfo).digest())),
        extension('2.5.29.19', true, sequence()),
        // digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment
        extension('2.5.29.15', true, primitive(Type.BITSTRING, '\x04\xf0')),
      ),
    ),
  )
}

function attributeValue(attribute: SubjectAttribute, value: string): Asn1 {
  if (attribute === 'C') return primitive(Type.PRINTABLESTRING, value)
  if (attribute === 'E') return primitive(Type.IA5STRING, value)
  return primitive(Type.UTF8, Buffer.from(value, 'utf8').toString('binary'))
}

/** RFC 5280 section 4.1.2.5: with two digits of the year until 2049. */
function time(milliseconds: number): Asn1 {
  const date = new Date(milliseconds)
  return date.getUTCFullYear() < 2050
    ? primitive(Type.UTCTIME, asn1.dateToUtcTime(date) as string)
    : primitive(Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(date) as string)
}

function extension(oid: string, critical: boolean, value: Asn1): Asn1 {
  const flag = critical ? [primitive(Type.BOOLEAN, '\xff')] : []
  return sequence(object(oid), ...flag, octets(Buffer.from(asn1.toDer(value).getBytes(), 'binary')))
}

const primitive = (type: forge.asn1.Type, value: string): Asn1 => asn1.create(Class.UNIVERSAL, type, false, value)
const sequence = (...parts: Asn1[]): Asn1 => asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, parts)
const set = (...parts: Asn1[]): Asn1 => asn1.create(Class.UNIVERSAL, Type.SET, true, parts)
const tagged = (tag: number, part: Asn1): Asn1 => asn1.create(Class.CONTEXT_SPECIFIC, tag, true, [part])
const object = (oid: string): Asn1 => primitive(Type.OID, asn1.oidToDer(oid).getBytes())
const integer = (value: Buffer): Asn1 => primitive(Type.INTEGER, value.toString('binary'))
const octets = (value: Buffer): Asn1 => primitive(Type.OCTETSTRING, value.toString('binary'))
const bits = (value: Buffer): Asn1 => primitive(Type.BITSTRING, `\0${value.toString('binary')}`)
