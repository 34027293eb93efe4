import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { SamlError } from './saml-xml.ts'
import { AssertionMaker } from './testing/assertion-maker.ts'
import { verifyAssertion } from './verify-assertion.ts'

const audience = 'https://sluice.example'
const provider = new AssertionMaker({ audience })
const rsa = new AssertionMaker({ audience, keyType: 'rsa' })
const key = ({ certificate }: AssertionMaker) => ({ publicKey: new X509Certificate(certificate).publicKey })
const keys = [key(provider), key(rsa)]
const uri = (name: string) => `http://www.w3.org/2001/04/xmldsig-more#${name}`
const sha512 = 'http://www.w3.org/2001/04/xmlenc#sha512'

const accepted: readonly [what: string, xml: string][] = [
  ['ECDSA with SHA-256', provider.assertion()],
  ['ECDSA with SHA-512', provider.assertion({}, { signatureMethod: uri('ecdsa-sha512'), digestMethod: sha512 })],
  ['RSA with SHA-256', rsa.assertion()],
  ['RSA with SHA-384', rsa.assertion({}, { signatureMethod: uri('rsa-sha384'), digestMethod: uri('sha384') })],
  ['RSA with SHA-512', rsa.assertion({}, { signatureMethod: uri('rsa-sha512'), digestMethod: sha512 })],
  ['an XML declaration', `<?xml version="1.0" encoding="UTF-8"?>\n${provider.assertion()}\n`],
  ['the prefix of the signature declared above it', hoisted(provider.assertion())],
  ['KeyInfo', provider.assertion({}, { keyInfo: `<ds:KeyName>any</ds:KeyName>` })],
  ['line breaks in the signature value', provider.assertion().replace(/(<ds:SignatureValue>.{20})/, '$1\n')],
  ['attributes in another order', provider.assertion().replace(/ (ID="[^"]*") (IssueInstant="[^"]*")/, '\n  $2 $1')],
]

/** Exclusive canonical form is the same wherever a namespace is declared. */
function hoisted(xml: string): string {
  const declaration = / xmlns:ds="[^"]*"/.exec(xml)?.[0] ?? ''
  return xml.replace(declaration, '').replace('<saml:Assertion', `<saml:Assertion${declaration}`)
}

for (const [what, xml] of accepted) {
  test(`a signed assertion is read: ${what}`, () => {
    const { assertion, fitting } = verifyAssertion(xml, keys)
    assert.equal(assertion.nameId?.value, 'ada')
    assert.equal(fitting.length, 1)
  })
}

test('what it says is read', () => {
  const attributes = { mail: ['ada@example.com'], groups: ['a & b', '<c>'] }
  const { assertion } = verifyAssertion(provider.assertion({ id: '_1', nameId: 'ädä', attributes }), keys)
  assert.deepEqual(assertion, {
    id: '_1',
    issuer: 'https://idp.example',
    nameId: { value: 'ädä', format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified' },
    confirmations: [
      {
        method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
        data: {
          recipient: 'https://sluice.example/oauth2/api/v1/token',
          notBefore: undefined,
          notOnOrAfter: Date.UTC(2026, 0, 1, 0, 5),
        },
      },
    ],
    notBefore: Date.UTC(2026, 0, 1),
    notOnOrAfter: Date.UTC(2026, 0, 1, 0, 5),
    audiences: [['https://sluice.example']],
    attributes: new Map(Object.entries(attributes)),
  })
})

test('white space around URIs is not part of them, around names it is', () => {
  const { assertion } = verifyAssertion(
    provider.assertion({ issuer: '\n client ', audience: ` ${audience}\n`, nameId: 'ada\n' }),
    keys,
  )
  assert.deepEqual([assertion.issuer, assertion.audiences], ['client', [[audience]]])
  assert.equal(assertion.nameId?.value, 'ada\n')
})

test('all certificates of the key that signed are told', () => {
  const { fitting } = verifyAssertion(provider.assertion(), [key(provider), key(rsa), key(provider)])
  assert.equal(fitting.length, 2)
})

const element = (name: string) => `<saml:${name}></saml:${name}>`
const malformed: readonly [what: string, from: string, to: string, reason: RegExp][] = [
  ['another version', 'Version="2.0"', 'Version="1.1"', /no SAML 2.0 assertion/],
  ['a time without zone', '00.000Z" NotOnOrAfter', '00.000" NotOnOrAfter', /NotBefore of Conditions is no time/],
  ['a time that is none', 'NotBefore="2026-01-01', 'NotBefore="2026-13-01', /NotBefore of Conditions is no time/],
  ['a condition nobody knows', '</saml:Conditions>', `${element('Condition')}</saml:Conditions>`, /not understood/],
  ['two conditions', '<saml:Conditions', '<saml:Conditions></saml:Conditions><saml:Conditions', /more than one/],
  ['two names', '</saml:NameID>', `</saml:NameID>${element('NameID')}`, /more than one NameID/],
  ['an element in the name', '>ada<', `>ada${element('X')}<`, /NameID holds elements/],
]

for (const [what, from, to, reason] of malformed) {
  test(`a signed assertion is refused: ${what}`, () => {
    assert.throws(
      () => verifyAssertion(provider.assertion({ replace: [[from, to]] }), keys),
      (error: Error) => {
        return error instanceof SamlError && reason.test(error.message)
      },
    )
  })
}
