import type { KeyPair } from '@sluice/iflow'
import forge from 'node-forge'
import { readCertificate } from './certificate.ts'
import { keyPairOf, readPrivateKey } from './key-material.ts'
import { KeystoreError } from './keystore-error.ts'

const { asn1, pki, pkcs12 } = forge

/** The only private key of a PKCS #12 file (RFC 7292) with its certificates. Throws `KeystoreError`. */
export function readPkcs12(bytes: Uint8Array, password: string): KeyPair {
  const file = openPkcs12(bytes, password)
  const bags = file.safeContents.flatMap(({ safeBags }) => safeBags)
  const keys = bags.filter(({ type }) => type === pki.oids.pkcs8ShroudedKeyBag || type === pki.oids.keyBag)
  const [only] = keys
  if (only === undefined || keys.length > 1) {
    throw new KeystoreError(`Expected one private key in the PKCS #12 file, found ${keys.length}`)
  }
  const certificates = bags.flatMap(bag => {
    if (bag.type !== pki.oids.certBag) return []
    const der = bag.cert ? pki.certificateToAsn1(bag.cert) : bag.asn1
    return [readCertificate(bytesOf(der))]
  })
  // RSA keys are read by forge, others are left as they were.
  const key = only.key ? pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(only.key)) : only.asn1
  const privateKey = readPrivateKey({ key: Buffer.from(bytesOf(key)), format: 'der', type: 'pkcs8' })
  return keyPairOf(privateKey, certificates)
}

function openPkcs12(bytes: Uint8Array, password: string): forge.pkcs12.Pkcs12Pfx {
  let tree: forge.asn1.Asn1
  try {
    tree = asn1.fromDer(Buffer.from(bytes).toString('binary'))
  } catch (cause) {
    throw new KeystoreError('Expected a PKCS #12 file or PEM, found something else', { cause })
  }
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

function bytesOf(tree: forge.asn1.Asn1): Uint8Array {
  return new Uint8Array(Buffer.from(asn1.toDer(tree).getBytes(), 'binary'))
}
