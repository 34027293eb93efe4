import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { pemOf } from '../../keystore/pem.ts'
import { certifySelf } from '../../keystore/self-signed.ts'
import { algorithms, namespaces } from '../vocabulary.ts'

/** What an assertion of a test says; whatever is left out is as it should be. */
export interface AssertionContent {
  readonly id?: string
  readonly issuer?: string
  readonly nameId?: string
  readonly format?: string
  readonly audience?: string
  readonly recipient?: string
  /** Milliseconds since 1970. */
  readonly now?: number
  readonly attributes?: Readonly<Record<string, readonly string[]>>
  /** Replaces text of the unsigned assertion, which is signed then. */
  readonly replace?: readonly (readonly [from: string, to: string])[]
}

/** How an assertion is signed. */
export interface SigningOptions {
  readonly signatureMethod?: string
  readonly digestMethod?: string
  readonly transforms?: readonly string[]
  readonly canonicalization?: string
  /** `URI` of the reference. */
  readonly uri?: string
  /** Content of `KeyInfo`. */
  readonly keyInfo?: string
  /** In the place of the signature of `SignedInfo`. */
  readonly signatureOf?: (signedInfo: string) => Uint8Array
}

const minuteMs = 60_000
const unspecified = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'
const { assertion: saml, signature: ds } = namespaces
let count = 0

/**
 * An identity provider that writes its assertions in their canonical form, and so signs them without any library for XML
 * Signature: what it makes does not depend on what checks it.
 */
export class AssertionMaker {
  readonly issuer: string
  readonly audience: string
  readonly privateKey: KeyObject
  /** PEM. */
  readonly certificate: string

  constructor(options: {
    /** Its entity ID. */
    readonly issuer?: string
    /** Public URL of the server. */
    readonly audience: string
    readonly keyType?: 'ec' | 'rsa'
    /** Default: a hundred years from 2020 on. */
    readonly validTo?: number
  }) {
    this.issuer = options.issuer ?? 'https://idp.example'
    this.audience = options.audience
    this.privateKey =
      options.keyType === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
        : generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
    const { certificates } = certifySelf(this.privateKey, {
      hash: 'sha256',
      subject: [['CN', 'Identity provider']],
      validFrom: Date.UTC(2020, 0, 1),
      validTo: options.validTo ?? Date.UTC(2120, 0, 1),
    })
    this.certificate = pemOf('CERTIFICATE', certificates[0] as Uint8Array)
  }

  /** An assertion about `ada`, signed. */
  assertion(content: AssertionContent = {}, options: SigningOptions = {}): string {
    return this.sign(this.unsigned(content), options)
  }

  /** The same in base64url, as requests have it. */
  encoded(content: AssertionContent = {}, options: SigningOptions = {}): string {
    return Buffer.from(this.assertion(content, options)).toString('base64url')
  }

  /** An assertion in canonical form, valid for five minutes. */
  unsigned(content: AssertionContent = {}): string {
    const { now = Date.UTC(2026, 0, 1), id = `_a${++count}`, attributes = {} } = content
    const at = (ms: number) => new Date(now + ms).toISOString()
    const recipient = content.recipient ?? `${this.audience}/oauth2/api/v1/token`
    const statement = Object.entries(attributes).map(([name, values]) => {
      const texts = values.map(value => `<saml:AttributeValue>${escapeText(value)}</saml:AttributeValue>`)
      return `<saml:Attribute Name="${name}">${texts.join('')}</saml:Attribute>`
    })
    const xml = [
      `<saml:Assertion xmlns:saml="${saml}" ID="${id}" IssueInstant="${at(0)}" Version="2.0">`,
      `<saml:Issuer>${escapeText(content.issuer ?? this.issuer)}</saml:Issuer><saml:Subject>`,
      `<saml:NameID Format="${content.format ?? unspecified}">${escapeText(content.nameId ?? 'ada')}</saml:NameID>`,
      '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">',
      `<saml:SubjectConfirmationData NotOnOrAfter="${at(5 * minuteMs)}" Recipient="${recipient}"></saml:SubjectConfirmationData>`,
      '</saml:SubjectConfirmation></saml:Subject>',
      `<saml:Conditions NotBefore="${at(0)}" NotOnOrAfter="${at(5 * minuteMs)}"><saml:AudienceRestriction>`,
      `<saml:Audience>${escapeText(content.audience ?? this.audience)}</saml:Audience>`,
      '</saml:AudienceRestriction></saml:Conditions>',
      statement.length === 0 ? '' : `<saml:AttributeStatement>${statement.join('')}</saml:AttributeStatement>`,
      '</saml:Assertion>',
    ].join('')
    return (content.replace ?? []).reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`Expected "${from}" in ${text}`)
      return text.replace(from, to)
    }, xml)
  }

  /** Signs the root element of a document in canonical form; the signature comes behind the issuer. */
  sign(canonical: string, options: SigningOptions = {}): string {
    const signature = this.signature(canonical, options)
    const afterIssuer = canonical.indexOf('</saml:Issuer>') + '</saml:Issuer>'.length
    return canonical.slice(0, afterIssuer) + signature + canonical.slice(afterIssuer)
  }

  /** The signature of an element in canonical form. */
  signature(canonical: string, options: SigningOptions = {}): string {
    const { exclusiveCanonicalization, envelopedSignature } = algorithms
    const isRsa = this.privateKey.asymmetricKeyType === 'rsa'
    const method = options.signatureMethod ?? uriOf(isRsa ? 'rsa-sha256' : 'ecdsa-sha256')
    const digestMethod = options.digestMethod ?? 'http://www.w3.org/2001/04/xmlenc#sha256'
    const transforms = options.transforms ?? [envelopedSignature, exclusiveCanonicalization]
    const id = /\sID="([^"]*)"/.exec(canonical)?.[1]
    const digest = createHash(hashOf(digestMethod)).update(canonical).digest('base64')
    const content = [
      `<ds:CanonicalizationMethod Algorithm="${options.canonicalization ?? exclusiveCanonicalization}"></ds:CanonicalizationMethod>`,
      `<ds:SignatureMethod Algorithm="${method}"></ds:SignatureMethod><ds:Reference URI="${options.uri ?? `#${id}`}">`,
      `<ds:Transforms>${transforms.map(uri => `<ds:Transform Algorithm="${uri}"></ds:Transform>`).join('')}</ds:Transforms>`,
      `<ds:DigestMethod Algorithm="${digestMethod}"></ds:DigestMethod>`,
      `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`,
    ].join('')
    // In canonical form it declares the namespace that it takes over from Signature.
    const signedInfo = `<ds:SignedInfo xmlns:ds="${ds}">${content}`
    const value = options.signatureOf?.(signedInfo) ?? this.#valueOf(signedInfo, hashOf(method))
    const keyInfo = options.keyInfo === undefined ? '' : `<ds:KeyInfo>${options.keyInfo}</ds:KeyInfo>`
    const text = Buffer.from(value).toString('base64')
    return `<ds:Signature xmlns:ds="${ds}"><ds:SignedInfo>${content}<ds:SignatureValue>${text}</ds:SignatureValue>${keyInfo}</ds:Signature>`
  }

  #valueOf(signedInfo: string, hash: string): Uint8Array {
    return sign(hash, Buffer.from(signedInfo), { key: this.privateKey, dsaEncoding: 'ieee-p1363' })
  }
}

function uriOf(name: string): string {
  return `http://www.w3.org/2001/04/xmldsig-more#${name}`
}

function hashOf(uri: string): string {
  return /sha\d+$/.exec(uri)?.[0] ?? 'sha256'
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
