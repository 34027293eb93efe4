import type { KeyObject } from 'node:crypto'
import type { SamlAssertion } from '@sluice/oauth'
import { isAssertion, readAssertion } from './read-assertion.ts'
import { readXml, SamlError } from './saml-xml.ts'
import { verifySignature } from './verify-signature.ts'

const limits = { lengthMax: 40_000, elementsMax: 1_000 }

/** Reads an assertion that one of `keys` signed; also which of them did. Throws `SamlError`. */
export function verifyAssertion<Key extends { readonly publicKey: KeyObject }>(
  xml: string,
  keys: readonly Key[],
): { readonly assertion: SamlAssertion; readonly fitting: readonly Key[] } {
  const root = readXml(xml, limits)
  if (!isAssertion(root)) throw new SamlError('the root element is no SAML 2.0 assertion')
  const { signed, fitting } = verifySignature(xml, root, keys)
  // The same text, read again: what was not signed is not there.
  return { assertion: readAssertion(readXml(signed, limits)), fitting }
}
