import type { XmlElement } from '@sluice/iflow/bpmn'
import { attributeOf, childrenOf, isElement, readXml, SamlError, within } from './saml-xml.ts'
import { namespaces } from './vocabulary.ts'

/** What the metadata of a SAML 2.0 identity provider say of it. */
export interface ProviderMetadata {
  /** Its entity ID. */
  readonly issuer: string
  /** Signing certificates in base64, as they stand there: not yet judged. */
  readonly certificates: readonly string[]
}

/** Characters of metadata of one provider; those of a federation, which are longer, are not taken. */
export const metadataLengthMax = 262_144

const { metadata: md, signature: ds } = namespaces

/**
 * Reads metadata of one identity provider (SAML 2.0 metadata §2.3): an `EntityDescriptor` that has not run out at `now`, in
 * milliseconds since 1970. A signature on it is not checked: whoever registers the provider answers for it. Throws `SamlError`.
 */
export function readMetadata(xml: string, now: number): ProviderMetadata {
  const root = readXml(xml, { lengthMax: metadataLengthMax, elementsMax: 5_000 })
  if (!isElement(root, md, 'EntityDescriptor')) throw new SamlError('the root element is no EntityDescriptor')
  const issuer = attributeOf(root, 'entityID')?.trim() ?? ''
  if (issuer === '') throw new SamlError('there is no entityID')
  const [provider, ...others] = childrenOf(root, md, 'IDPSSODescriptor')
  if (!provider || others.length > 0) throw new SamlError('there is not exactly one IDPSSODescriptor')
  for (const element of [root, provider]) {
    const until = attributeOf(element, 'validUntil')
    if (until !== undefined && !(Date.parse(until) > now)) throw new SamlError('the metadata have run out')
  }
  const certificates = childrenOf(provider, md, 'KeyDescriptor').filter(isForSigning).flatMap(certificatesIn)
  if (certificates.length === 0) throw new SamlError('there is no signing certificate')
  return { issuer, certificates: [...new Set(certificates)] }
}

/** A key without use is for everything. */
function isForSigning(key: XmlElement): boolean {
  return (attributeOf(key, 'use') ?? 'signing') === 'signing'
}

function certificatesIn(key: XmlElement): string[] {
  return [...within(key)]
    .filter(element => isElement(element, ds, 'X509Certificate'))
    .map(({ text }) => text.replace(/\s+/g, ''))
}
