import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { flowsKeyPem, flowsPem, flowsPkcs12, issuingPem, rootPem } from '../../keystore/testing/example-material.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
})
after(() => service.close())

const headers = { authorization: 'Bearer administrator', accept: 'application/json' }
const call = (method: string, path: string, body?: unknown) =>
  service.call(method, path, { headers, ...(body === undefined ? {} : { body }) })
const hex = (text: string) => Buffer.from(text).toString('hex')

test('a key pair is imported and read without its key', async () => {
  const body = { Hexalias: '00', Alias: 'Partner ü', Resource: flowsPkcs12, Password: 'secret' }
  const created = await call('POST', 'KeyPairResources', body)
  assert.equal(created.status, 201, created.text)
  assert.equal((await call('POST', 'KeyPairResources', { ...body, Alias: 'PARTNER Ü' })).status, 409)
  const { d } = (await call('GET', `KeystoreEntries('${hex('partner ü')}')`)).json
  assert.deepEqual(
    [d.Hexalias, d.Alias, d.Type, d.KeyType, d.KeySize, d.EllipticCurve, d.SubjectDN, d.Validity, d.CreatedBy],
    [
      hex('Partner ü').toUpperCase(),
      'Partner ü',
      'Key Pair',
      'EC',
      256,
      'secp256r1',
      'CN=flows, O=Example, C=DE',
      'VALID',
      'administrator',
    ],
  )
  const chain = await call('GET', `KeystoreEntries('${d.Hexalias}')/ChainCertificates?$select=Index,SubjectDN`)
  assert.deepEqual(
    chain.json.d.results.map(({ Index, SubjectDN }: { Index: number; SubjectDN: string }) => [Index, SubjectDN]),
    [
      [0, 'CN=flows, O=Example, C=DE'],
      [1, 'CN=Issuing, O=Example, C=DE'],
      [2, 'CN=Root, O=Example, C=DE'],
    ],
  )
  const exported = await call('GET', `KeystoreEntries('${d.Hexalias}')/Certificate/$value`)
  assert.equal(exported.headers['content-type'], 'application/pkix-cert')
  assert.equal(exported.text, flowsPem)
  for (const { text } of [created, exported, chain]) assert.doesNotMatch(text, /secret|PRIVATE KEY/)
})

test('a key pair is replaced only when that is asked for, and by a key pair only', async () => {
  const pem = (text: string) => Buffer.from(text).toString('base64')
  const one = { Alias: 'one', Resource: pem(flowsKeyPem + flowsPem) }
  assert.equal((await call('POST', 'KeyPairResources', one)).status, 201)
  const more = { Alias: 'one', Resource: pem(flowsKeyPem + flowsPem + issuingPem) }
  assert.equal((await call('POST', 'KeyPairResources', more)).status, 409)
  assert.equal((await call('POST', 'KeyPairResources?update=true', more)).status, 201)
  assert.equal((await call('GET', `KeystoreEntries('${hex('one')}')/ChainCertificates/$count`)).text, '2')
  const certificate = `CertificateResources('${hex('one')}')/$value?fingerprintVerified=true&update=true`
  assert.equal((await call('PUT', certificate, rootPem)).status, 409)
})

test('a certificate is added, listed and deleted', async () => {
  const path = `CertificateResources('${hex('root')}')/$value`
  const unverified = await call('PUT', path, rootPem)
  assert.equal(unverified.status, 400)
  assert.match(
    unverified.text,
    /fingerprintVerified=true, found none: compare the SHA-256 fingerprint (?:[0-9A-F]{2}:){31}/,
  )
  const added = await call('PUT', `${path}?fingerprintVerified=true`, Buffer.from(rootPem).toString('base64'))
  assert.equal(added.status, 202, added.text)
  assert.equal((await call('PUT', `${path}?fingerprintVerified=true`, rootPem)).status, 409)
  assert.equal((await call('PUT', `${path}?fingerprintVerified=true&update=true`, rootPem)).status, 202)
  const listed = await call('GET', "KeystoreEntries?$filter=Type eq 'Certificate'")
  assert.deepEqual(
    listed.json.d.results.map(({ Alias }: { Alias: string }) => Alias),
    ['root'],
  )
  assert.equal((await call('DELETE', `KeystoreEntries('${hex('root')}')`)).status, 202)
  assert.equal((await call('GET', `KeystoreEntries('${hex('root')}')`)).status, 404)
})

test('a key pair is generated', async () => {
  const body = {
    Hexalias: '00',
    Alias: 'made',
    KeyType: 'RSA',
    SignatureAlgorithm: 'SHA256/RSA',
    KeySize: 2048,
    CommonName: 'flows.example.com',
    OrganizationUnit: 'Integration',
    Country: 'DE',
    ValidNotBefore: '/Date(1469685029000)/',
    ValidNotAfter: '/Date(1469775029000)/',
  }
  const created = await call('POST', 'KeyPairGenerationRequests', body)
  assert.equal(created.status, 201, created.text)
  const { d } = (await call('GET', `KeystoreEntries('${hex('made')}')`)).json
  assert.deepEqual(
    [d.SubjectDN, d.KeySize, d.SignatureAlgorithm, d.ValidNotAfter, d.Validity],
    ['CN=flows.example.com, OU=Integration, C=DE', 2048, 'SHA256withRSA', '/Date(1469775029000+0000)/', 'EXPIRED'],
  )
})

test('a changeset changes entries, and does not wait for keys', async () => {
  const part = (line: string, body: string) =>
    `--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n${line} HTTP/1.1\r\n\r\n${body}\r\n`
  const batch = (...parts: string[]) =>
    service.call('POST', '$batch', {
      headers: { ...headers, 'content-type': 'multipart/mixed; boundary=b' },
      body: `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${parts.join('')}--c--\r\n--b--\r\n`,
    })
  const put = part(`PUT CertificateResources('${hex('in batch')}')/$value?fingerprintVerified=true`, rootPem)
  const generate = part('POST KeyPairGenerationRequests', JSON.stringify({ Alias: 'slow', CommonName: 'c' }))
  const refused = await batch(put, generate)
  assert.match(refused.text, /HTTP\/1.1 400[\s\S]*send it outside of the changeset/)
  assert.equal((await call('GET', `KeystoreEntries('${hex('in batch')}')`)).status, 404)
  const rename = part(`PUT KeystoreEntries('${hex('in batch')}')?renameAlias=renamed`, '{"Status":null}')
  assert.doesNotMatch((await batch(put, rename)).text, /HTTP\/1.1 [45]/)
  assert.equal((await call('DELETE', `KeystoreEntries('${hex('renamed')}')`)).status, 202)
})

test('the keystore is read by those who see the runtime and changed by administrators', async () => {
  const asDeveloper = { authorization: 'Bearer developer', accept: 'application/json' }
  assert.equal((await service.call('GET', 'KeystoreEntries', { headers: asDeveloper })).status, 200)
  for (const [method, path] of [
    ['POST', 'KeyPairResources'],
    ['POST', 'KeyPairGenerationRequests'],
    ['PUT', "CertificateResources('00')/$value"],
    ['DELETE', `KeystoreEntries('${hex('made')}')`],
  ] as const)
    assert.equal((await service.call(method, path, { headers: asDeveloper, body: {} })).status, 403, path)
})

test('the format of entries is what Accept says, whatever $format does', async () => {
  const formats = [
    ['application/json', 'atom', 'application/json'],
    ['application/atom+xml', 'json', 'application/atom+xml'],
    ['application/json', 'odd', 'application/json'],
  ] as const
  for (const [accept, format, expected] of formats) {
    const { status, headers: found } = await service.call('GET', `KeystoreEntries?$format=${format}`, {
      headers: { ...headers, accept },
    })
    assert.equal(status, 200)
    assert.match(String(found['content-type']), new RegExp(`^${expected.replace('+', '\\+')}`))
  }
})

test('what is wrong with key material is said', async () => {
  const cases: readonly (readonly [set: string, body: object, message: RegExp])[] = [
    ['KeyPairResources', { Alias: 'x' }, /"Resource" to be a file in base64/],
    ['KeyPairResources', { Alias: 'x', Resource: flowsPkcs12, Password: 'hidden' }, /password of the PKCS #12 file/],
    ['KeyPairResources', { Alias: ' x', Resource: flowsPkcs12 }, /"Alias" to be one line/],
    ['KeyPairGenerationRequests', { Alias: 'x' }, /"CommonName" to be one line of 1 to 500 characters, found none/],
    ['KeyPairGenerationRequests', { Alias: 'x', CommonName: 'c', KeyType: 'DH' }, /RSA, DSA or EC, found "DH"/],
    ['KeyPairGenerationRequests', { Alias: 'x', CommonName: 'c', KeySize: 512 }, /found 512/],
    [
      'KeyPairGenerationRequests',
      { Alias: 'x', CommonName: 'c', KeyType: 'EC', KeyAlgorithmParameter: 'odd' },
      /curve such as secp256r1, found "odd"/,
    ],
    [
      'KeyPairGenerationRequests',
      { Alias: 'x', CommonName: 'c', KeyType: 'EC', SignatureAlgorithm: 'SHA-256/RSA' },
      /SHA-256\/ECDSA, found "SHA-256\/RSA"/,
    ],
    ['KeyPairGenerationRequests', { Alias: 'x', CommonName: 'c', Country: 'Germany' }, /two letters/],
    ['KeyPairGenerationRequests', { Alias: 'x', CommonName: 'c', ValidNotAfter: '/Date(0)/' }, /later than/],
  ]
  for (const [set, body, message] of cases) {
    const { status, json, text } = await call('POST', set, body)
    assert.equal(status, 400, JSON.stringify(body))
    assert.match(json.error.message.value, message)
    assert.doesNotMatch(text, /hidden/)
  }
  const odd = await call('PUT', "CertificateResources('78')/$value?fingerprintVerified=true", 'no certificate')
  assert.match(odd.json.error.message.value, /one certificate, PEM or DER, found none/)
})
