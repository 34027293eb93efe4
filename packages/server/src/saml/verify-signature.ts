import { createHash, type KeyObject, verify } from 'node:crypto'
import type { XmlElement } from '@sluice/iflow/bpmn'
import { SignedXml } from 'xml-crypto'
import { attributeOf, isElement, SamlError, within } from './saml-xml.ts'
import { algorithms, namespaces } from './vocabulary.ts'

type SignatureUri = keyof typeof algorithms.signatures
type DigestUri = keyof typeof algorithms.digests

/**
 * Checks the enveloped signature of a document's root element (SAML 2.0 core §5.4): by one of `algorithms`, over the root
 * element as a whole, with one of `keys`. Certificates in the document are not looked at.
 * Returns what was signed, in its canonical form, which is all that may be read from then on, and the keys that fit.
 * Throws `SamlError`.
 */
export function verifySignature<Key extends { readonly publicKey: KeyObject }>(
  xml: string,
  root: XmlElement,
  keys: readonly Key[],
): { readonly signed: string; readonly fitting: readonly Key[] } {
  const signature = signatureOf(root)
  checkShape(signature, root)
  const fitting: Key[] = []
  const check = createCheck((hash, keyType, material, value) => {
    for (const key of keys) if (fits(key.publicKey, keyType, hash, material, value)) fitting.push(key)
    return fitting.length > 0
  })
  if (!isRight(check, standalone(xml, signature, root), xml)) {
    throw new SamlError('the signature is that of no trusted key, or does not fit the content')
  }
  const [signed, ...others] = check.getSignedReferences()
  if (signed === undefined || others.length > 0) throw new SamlError('the signature does not cover one element')
  return { signed, fitting }
}

/** The library throws for most of what it refuses. */
function isRight(check: SignedXml, signature: string, xml: string): boolean {
  try {
    check.loadSignature(signature)
    return check.checkSignature(xml)
  } catch {
    return false
  }
}

/** The only signature of the document, a child of its root. */
function signatureOf(root: XmlElement): XmlElement {
  const signatures = [...within(root)].filter(element => isElement(element, namespaces.signature, 'Signature'))
  const [signature, ...others] = signatures
  if (!signature) throw new SamlError('there is no signature')
  if (others.length > 0) throw new SamlError('there is more than one signature')
  if (!root.children.includes(signature)) throw new SamlError('the signature is not that of the root element')
  return signature
}

/** Everything that decides what is signed, and how, is there once and is what is expected. */
function checkShape(signature: XmlElement, root: XmlElement): void {
  const [signedInfo] = parts(signature, ['SignedInfo', 'SignatureValue'], ['KeyInfo'])
  const [canonicalization, method, reference] = parts(signedInfo, [
    'CanonicalizationMethod',
    'SignatureMethod',
    'Reference',
  ])
  const [transforms, digest] = parts(reference, ['Transforms', 'DigestMethod', 'DigestValue'])
  allow(canonicalization, [algorithms.exclusiveCanonicalization])
  allow(method, Object.keys(algorithms.signatures))
  allow(digest, Object.keys(algorithms.digests))
  const [first, second] = parts(transforms, ['Transform', 'Transform'])
  allow(first, [algorithms.envelopedSignature])
  allow(second, [algorithms.exclusiveCanonicalization])
  checkReference(reference, root)
}

/** SAML 2.0 core §5.4.2: the signature refers to the element that it is in, by an ID that no other element has. */
function checkReference(reference: XmlElement, root: XmlElement): void {
  const id = attributeOf(root, 'ID')
  if (id === undefined || !/^[\p{L}_][\p{L}\p{N}._-]{0,255}$/u.test(id))
    throw new SamlError('the root element has no usable ID')
  if (attributeOf(reference, 'URI') !== `#${id}`)
    throw new SamlError('the signature refers to another element than the root')
  const ids = [...within(root)].flatMap(({ attributes }) =>
    Object.values(attributes).flatMap(({ local, value }) => (local.toLowerCase() === 'id' ? [value] : [])),
  )
  if (ids.filter(other => other === id).length > 1) throw new SamlError('more than one element has the ID of the root')
}

/** The children of an element of XML Signature, which has these, in this order, and nothing else. */
function parts<const Names extends readonly string[]>(
  element: XmlElement,
  names: Names,
  optional: readonly string[] = [],
): { readonly [K in keyof Names]: XmlElement } {
  const found = element.children.map(({ uri, local }) => (uri === namespaces.signature ? local : `{${uri}}${local}`))
  const expected = [...names, ...optional].slice(0, Math.max(found.length, names.length))
  if (found.join() !== expected.join()) throw new SamlError(`${element.local} does not consist of ${names.join(', ')}`)
  return element.children as unknown as { readonly [K in keyof Names]: XmlElement }
}

function allow(element: XmlElement, uris: readonly string[]): void {
  const uri = attributeOf(element, 'Algorithm') ?? ''
  if (!uris.includes(uri)) throw new SamlError(`${element.local} has an algorithm that is not accepted`)
}

/** The text of the signature with the namespaces that it takes over from the root, so that it can be read by itself. */
function standalone(xml: string, signature: XmlElement, root: XmlElement): string {
  const inherited = Object.values(root.attributes).filter(
    ({ name, prefix }) => (name === 'xmlns' || prefix === 'xmlns') && !(name in signature.attributes),
  )
  const declarations = inherited.map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`).join('')
  const afterName = signature.start + 1 + signature.name.length
  return `<${signature.name}${declarations}${xml.slice(afterName, signature.end)}`
}

function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

type Verify = (hash: string, keyType: string, material: string, value: Buffer) => boolean

/** A checker that knows the accepted algorithms and no others. */
function createCheck(verifyWith: Verify): SignedXml {
  // The key is not used: the algorithms have their own.
  const check = new SignedXml({ publicCert: 'none' })
  const { exclusiveCanonicalization, envelopedSignature } = algorithms
  const isAccepted = ([uri]: readonly [string, unknown]) =>
    uri === exclusiveCanonicalization || uri === envelopedSignature
  const canonicalizations = Object.entries(check.CanonicalizationAlgorithms).filter(isAccepted)
  check.CanonicalizationAlgorithms = withoutPrototype(Object.fromEntries(canonicalizations))
  const digests = Object.keys(algorithms.digests) as DigestUri[]
  check.HashAlgorithms = withoutPrototype(Object.fromEntries(digests.map(uri => [uri, hashAlgorithm(uri)])))
  const signatures = Object.keys(algorithms.signatures) as SignatureUri[]
  check.SignatureAlgorithms = withoutPrototype(
    Object.fromEntries(signatures.map(uri => [uri, signatureAlgorithm(uri, verifyWith)])),
  )
  return check
}

/** So that no name finds what every object has. */
function withoutPrototype<T extends object>(algorithmsByName: T): T {
  return Object.assign(Object.create(null), algorithmsByName)
}

function hashAlgorithm(uri: DigestUri) {
  return class {
    getAlgorithmName = () => uri
    getHash = (xml: string) => createHash(algorithms.digests[uri]).update(xml, 'utf8').digest('base64')
  }
}

function signatureAlgorithm(uri: SignatureUri, verifyWith: Verify) {
  const { hash, keyType } = algorithms.signatures[uri]
  return class {
    getAlgorithmName = () => uri
    getSignature = (): never => {
      throw new Error('Expected only signatures to be checked')
    }
    verifySignature = (material: string, _key: unknown, value: string) =>
      verifyWith(hash, keyType, material, Buffer.from(value, 'base64'))
  }
}

/** RFC 6931 §2.3.6: an ECDSA signature is the two numbers one after the other. */
function fits(key: KeyObject, keyType: string, hash: string, material: string, value: Buffer): boolean {
  if (key.asymmetricKeyType !== keyType) return false
  return verify(hash, Buffer.from(material, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }, value)
}
