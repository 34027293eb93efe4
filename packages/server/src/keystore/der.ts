import forge from 'node-forge'
import { KeystoreError } from './keystore-error.ts'

const { asn1 } = forge
const { Class, Type } = asn1

/** A value of ASN.1 (X.690); forge keeps bytes in texts of Latin-1. */
export type Asn1 = forge.asn1.Asn1

export const primitive = (type: forge.asn1.Type, value: string): Asn1 =>
  asn1.create(Class.UNIVERSAL, type, false, value)
export const sequence = (...parts: Asn1[]): Asn1 => asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, parts)
export const set = (...parts: Asn1[]): Asn1 => asn1.create(Class.UNIVERSAL, Type.SET, true, parts)
export const tagged = (tag: number, ...parts: Asn1[]): Asn1 => asn1.create(Class.CONTEXT_SPECIFIC, tag, true, parts)
export const object = (oid: string): Asn1 => primitive(Type.OID, asn1.oidToDer(oid).getBytes())
export const integer = (value: Uint8Array): Asn1 => primitive(Type.INTEGER, textOf(value))
export const octets = (value: Uint8Array): Asn1 => primitive(Type.OCTETSTRING, textOf(value))
export const bits = (value: Uint8Array): Asn1 => primitive(Type.BITSTRING, `\0${textOf(value)}`)

/** RFC 5280 section 4.1.2.5: with two digits of the year until 2049. */
export function time(milliseconds: number): Asn1 {
  const date = new Date(milliseconds)
  return date.getUTCFullYear() < 2050
    ? primitive(Type.UTCTIME, asn1.dateToUtcTime(date) as string)
    : primitive(Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(date) as string)
}

export function encodeDer(tree: Asn1): Uint8Array {
  return new Uint8Array(Buffer.from(asn1.toDer(tree).getBytes(), 'binary'))
}

/** Throws `KeystoreError` for what is no DER. */
export function decodeDer(bytes: Uint8Array): Asn1 {
  try {
    return asn1.fromDer(textOf(bytes))
  } catch (cause) {
    throw new KeystoreError('Expected a value in DER (X.690), found something else', { cause })
  }
}

/** What a value is made of; none for one that is primitive. */
export function partsOf(tree: Asn1 | undefined): readonly Asn1[] {
  return Array.isArray(tree?.value) ? tree.value : []
}

/** The content of a primitive value. */
export function contentOf(tree: Asn1 | undefined): Uint8Array {
  return new Uint8Array(typeof tree?.value === 'string' ? Buffer.from(tree.value, 'binary') : [])
}

/** The dotted form of an object identifier; empty for anything else. */
export function oidOf(tree: Asn1 | undefined): string {
  return tree?.type === Type.OID && typeof tree.value === 'string' ? asn1.derToOid(tree.value) : ''
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('binary')
}
