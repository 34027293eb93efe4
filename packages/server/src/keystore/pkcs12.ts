import type { KeyObject } from 'node:crypto'
import type { KeyPair } from '@sluice/iflow'
import forge from 'node-forge'
import { readCertificate } from './certificate.ts'
import { decodeDer, encodeDer } from './der.ts'
import { keyPairOf, readPrivateKey } from './key-material.ts'
import { KeystoreError } from './keystore-error.ts'

const { pki, pkcs12 } = forge

/** What a PKCS #12 file (RFC 7292) has, with the names that are given to it. */
export interface Pkcs12Content {
  readonly keys: readonly { readonly alias: string | undefined; readonly privateKey: KeyObject }[]
  readonly certificates: readonly { readonly alias: string | undefined; readonly certificate: Uint8Array }[]
}

/** The only private key of a PKCS #12 file with its certificates. Throws `KeystoreError`. */
export function readPkcs12(bytes: Uint8Array, password: string): KeyPair {
  const { keys, certificates } = readPkcs12Content(bytes, password)
  const [only] = keys
  if (only === undefined || keys.length > 1) {
    throw new KeystoreError(`Expected one private key in the PKCS #12 file, found ${keys.length}`)
  }
  return keyPairOf(
    only.privateKey,
    certificates.map(({ certificate }) => certificate),
  )
}

/** Everything in a PKCS #12 file. Throws `KeystoreError`. */
export function readPkcs12Content(bytes: Uint8Array, password: string): Pkcs12Content {
  const bags = openPkcs12(bytes, password).safeContents.flatMap(({ safeBags }) => safeBags)
  const keyBags = bags.filter(({ type }) => type === pki.oids.pkcs8ShroudedKeyBag || type === pki.oids.keyBag)
  return {
    keys: keyBags.map(bag => {
      // RSA keys are read by forge, others are left as they were.
      const key = bag.key ? pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(bag.key)) : bag.asn1
      const privateKey = readPrivateKey({ key: Buffer.from(encodeDer(key)), format: 'der', type: 'pkcs8' })
      return { alias: friendlyName(bag), privateKey }
    }),
    certificates: bags.flatMap(bag => {
      if (bag.type !== pki.oids.certBag) return []
      const der = bag.cert ? pki.certificateToAsn1(bag.cert) : bag.asn1
      return [{ alias: friendlyName(bag), certificate: readCertificate(encodeDer(der)) }]
    }),
  }
}

function friendlyName({ attributes }: forge.pkcs12.Bag): string | undefined {
  const [name] = (attributes as { readonly friendlyName?: readonly string[] }).friendlyName ?? []
  return name
}

function openPkcs12(bytes: Uint8Array, password: string): forge.pkcs12.Pkcs12Pfx {
  const tree = decodeDer(bytes)
  try {
    return pkcs12.pkcs12FromAsn1(tree, password)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : ''
    if (/password|mac/i.test(reason)) {
      throw new KeystoreError('Expected the password of the PKCS #12 file, found another one')
    }
    throw new KeystoreError(`Expected a PKCS #12 file as OpenSSL or Java writes it, found one that cannot be read`, {
      cause,
    })
  }
}
