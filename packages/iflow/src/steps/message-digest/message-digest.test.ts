import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileSource, flowText, message, runFlow } from '../../testing/index.ts'
import { messageDigest } from '../message-digest.ts'

type Texts = Readonly<Record<string, string>>

const flowOf = (properties: Texts, namespaceMapping = '') =>
  flowText({
    properties: { namespaceMapping },
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'Digest', type: messageDigest.type, properties },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [
          { from: 'Start', to: 'Digest' },
          { from: 'Digest', to: 'End' },
        ],
      },
    ],
  })

/** What is hashed: the digests of tests are what they were made of. */
async function hashed(properties: Texts, body: string, namespaceMapping?: string) {
  const { result } = await runFlow(flowOf(properties, namespaceMapping), { message: message({ body }) })
  const digest = result.exchange.headers.get(properties.targetHeader ?? 'SAPMessageDigest')
  return result.failure?.code ?? Buffer.from(String(digest), 'base64').toString()
}

const xml = `<?xml version="1.0" encoding="ISO-8859-1"?><a xmlns:u="urn:u" xmlns:v="urn:v" c='2'   b="1"><!-- no --><b/>\ré<u:x><![CDATA[<]]></u:x></a>`

const cases: readonly [properties: Texts, hashed: string][] = [
  [{}, '<a xmlns:u="urn:u" xmlns:v="urn:v" b="1" c="2"><b></b>\né<u:x>&lt;</u:x></a>'],
  [
    { canonicalizationMethod: 'xml-c14n#WithComments' },
    '<a xmlns:u="urn:u" xmlns:v="urn:v" b="1" c="2"><!-- no --><b></b>\né<u:x>&lt;</u:x></a>',
  ],
  [
    { canonicalizationMethod: 'http://www.w3.org/2001/10/xml-exc-c14n#' },
    '<a b="1" c="2"><b></b>\né<u:x xmlns:u="urn:u">&lt;</u:x></a>',
  ],
  [{ filter: '/a/p:x', canonicalizationMethod: 'xml-c14n11' }, '<u:x xmlns:u="urn:u" xmlns:v="urn:v">&lt;</u:x>'],
  [{ filter: '/a/p:x', canonicalizationMethod: 'xml-exc-c14n' }, '<u:x xmlns:u="urn:u">&lt;</u:x>'],
  [{ filter: '//b | //p:x', canonicalizationMethod: 'xml-exc-c14n' }, '<b></b><u:x xmlns:u="urn:u">&lt;</u:x>'],
  [{ canonicalizationMethod: 'none', targetHeader: 'hash' }, xml],
  [{ filter: '/nothing' }, 'expression'],
  [{ filter: 'count(//b)' }, 'expression'],
]

for (const [properties, expected] of cases) {
  test(`what counts with ${JSON.stringify(properties)}`, async () => {
    assert.equal(await hashed(properties, xml, 'xmlns:p=urn:u'), expected)
  })
}

test('large XML is made canonical elsewhere, the same', async () => {
  const item = `<i b='1' a='2'/>`
  const found = await hashed({}, `<a>${item.repeat(20_000)}</a>`)
  assert.equal(found, `<a>${'<i a="2" b="1"></i>'.repeat(20_000)}</a>`)
})

test('entities are not there to be read', async () => {
  assert.equal(await hashed({}, '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'), 'not-well-formed')
  assert.equal(await hashed({}, '<a><b></a>'), 'not-well-formed')
})

for (const properties of [{ filter: '/a[' }, { canonicalizationMethod: 'rot13' }, { digestAlgorithm: 'SHA3' }]) {
  test(`${JSON.stringify(properties)} is reported`, async () => {
    const { plan } = await compileSource(flowOf(properties))
    assert.equal(plan, undefined)
  })
}
