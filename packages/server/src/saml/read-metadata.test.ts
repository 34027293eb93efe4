import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMetadata } from './read-metadata.ts'
import { SamlError } from './saml-xml.ts'

const key = (certificate: string, use = '') =>
  `<md:KeyDescriptor${use && ` use="${use}"`}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n ${certificate}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`
const provider = (keys: string) => `<md:IDPSSODescriptor>${keys}</md:IDPSSODescriptor>`
const metadata = (content: string, attributes = 'entityID="https://idp.example"') =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" ${attributes}>${content}</md:EntityDescriptor>`
const now = Date.UTC(2026, 0, 1)

test('entity ID and signing certificates are read', () => {
  const keys = key('AAAA', 'signing') + key('BBBB', 'encryption') + key('CCCC') + key('AAAA', 'signing')
  const read = readMetadata(metadata(`<md:SPSSODescriptor>${key('DDDD')}</md:SPSSODescriptor>${provider(keys)}`), now)
  assert.deepEqual(read, { issuer: 'https://idp.example', certificates: ['AAAA', 'CCCC'] })
})

const one = provider(key('AAAA'))
const refused: readonly [what: string, xml: string, reason: RegExp][] = [
  ['something else', '<a></a>', /no EntityDescriptor/],
  ['no XML', 'a', /cannot be read/],
  ['no entity ID', metadata(one, ''), /no entityID/],
  ['no provider', metadata(''), /IDPSSODescriptor/],
  ['two providers', metadata(one + one), /IDPSSODescriptor/],
  ['no signing certificate', metadata(provider(key('AAAA', 'encryption'))), /no signing certificate/],
  ['what has run out', metadata(one, 'entityID="a" validUntil="2025-12-31T23:59:59Z"'), /have run out/],
  ['a time that is none', metadata(one, 'entityID="a" validUntil="soon"'), /have run out/],
  ['a DOCTYPE', `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${metadata(one)}`, /document type/],
  ['too much text', metadata(one + ' '.repeat(262_144)), /at most/],
]

for (const [what, xml, reason] of refused) {
  test(`${what} is refused`, () => {
    assert.throws(
      () => readMetadata(xml, now),
      (error: Error) => error instanceof SamlError && reason.test(error.message),
    )
  })
}
