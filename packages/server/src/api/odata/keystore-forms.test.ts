import assert from 'node:assert/strict'
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readPemCertificates } from '../../keystore/certificate.ts'
import { pemOf } from '../../keystore/pem.ts'
import { makePkcs7 } from '../../keystore/pkcs7.ts'
import { readChain } from '../../keystore/read-chain.ts'
import { readKeyPair } from '../../keystore/read-key-pair.ts'
import { opensshEcKey, opensshEd25519Key } from '../../keystore/testing/example-keystores.ts'
import { flowsKeyPem, flowsPem, issuingPem, rootPem } from '../../keystore/testing/example-material.ts'
import { inDirectory, tool } from '../../keystore/testing/tools.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
})
after(() => service.close())

const headers = { authorization: 'Bearer administrator', accept: 'application/json' }
const call = (method: string, path: string, body?: unknown) =>
  service.call(method, path, { headers, ...(body === undefined ? {} : { body }) })
const hex = (text: string) => Buffer.from(text).toString('hex').toUpperCase()
const entry = (alias: string) => `KeystoreEntries('${hex(alias)}')`
const base64 = (text: string | Uint8Array) => Buffer.from(text as string).toString('base64')
/** Put into the store directly: reading a file takes a process. */
const addFlows = (alias: string, certificates = flowsPem) => {
  const pair = readKeyPair(Buffer.from(flowsKeyPem + certificates), '')
  const audit = { createdBy: 'ada', createdAt: 1, modifiedBy: 'ada', modifiedAt: 1 }
  return service.store.keystore.create(
    { alias, kind: 'key-pair', certificates: pair.certificates, ...audit },
    pair.privateKey,
  )
}

test('an entry is renamed, and says its new key when it is asked to', async () => {
  await addFlows('before')
  await addFlows('taken')
  const renamed = await call('PUT', `${entry('before')}?renameAlias=after%20%C3%BC`, { Status: null })
  assert.equal(renamed.status, 202, renamed.text)
  assert.equal((await call('GET', entry('before'))).status, 404)
  assert.equal((await call('GET', entry('after ü'))).json.d.Alias, 'after ü')
  assert.ok(await service.store.keystore.keyPair('AFTER Ü'))
  const told = await call('PUT', `${entry('after ü')}?renameAlias=c&returnHexAlias=true`, { Status: null })
  assert.deepEqual([told.status, told.text], [200, '[63]'])
  assert.equal((await call('PUT', `${entry('c')}?renameAlias=TAKEN`, { Status: null })).status, 409)
  for (const query of ['', '?renameAlias=', '?renameAlias=x%0Ay', `?renameAlias=${'x'.repeat(251)}`])
    assert.equal((await call('PUT', `${entry('c')}${query}`, { Status: null })).status, 400, query)
  assert.equal((await call('PUT', `${entry('none')}?renameAlias=x`, { Status: null })).status, 404)
})

test('every change answers with all entries when it is asked to', async () => {
  const query = 'returnKeystoreEntries=true'
  const changes: readonly (readonly [method: string, path: string, body: unknown])[] = [
    ['PUT', `CertificateResources('${hex('told')}')/$value?fingerprintVerified=true&${query}`, rootPem],
    ['POST', `KeyPairResources?${query}`, { Alias: 'told2', Resource: base64(flowsKeyPem + flowsPem) }],
    ['PUT', `CertificateChainResources('${hex('told2')}')/$value?fingerprintVerified=true&${query}`, flowsPem],
    ['PUT', `${entry('told2')}?renameAlias=told3&${query}`, { Status: null }],
    ['DELETE', `${entry('told3')}?${query}`, undefined],
  ]
  for (const [method, path, body] of changes) {
    const { status, json, text } = await call(method, path, body)
    assert.equal(status, 200, text)
    const told = json.d.results.map(({ Hexalias }: { Hexalias: string }) => Hexalias)
    const listed = (await call('GET', 'KeystoreEntries')).json.d.results
    assert.deepEqual(
      told,
      listed.map(({ Hexalias }: { Hexalias: string }) => Hexalias),
      path,
    )
    assert.match(json.d.results[0].__metadata.uri, /KeystoreEntries\('[0-9A-F]+'\)$/)
  }
})

test('an entry is downloaded in its forms, and each leads back to it', async () => {
  await addFlows('pair', flowsPem + issuingPem + rootPem)
  const forms: readonly (readonly [path: string, type: string, file: string])[] = [
    ['Certificate', 'application/pkix-cert', 'pair.cer'],
    ['ChainResource', 'application/x-pkcs7-certificates', 'pair.p7b'],
    ['Sshkey', 'text/plain;charset=utf-8', 'pair.pub'],
    ['SigningRequest', 'application/pkcs10', 'pair.csr'],
  ]
  for (const [name, type, file] of forms) {
    const { status, headers: found, text } = await call('GET', `${entry('pair')}/${name}/$value`)
    assert.equal(status, 200, text)
    assert.deepEqual([found['content-type'], found['content-disposition']], [type, `attachment; filename=${file}`])
    const back = await call('GET', `${entry('pair')}/${name}/KeystoreEntry?$select=Alias`)
    assert.equal(back.json.d.Alias, 'pair', back.text)
  }
  const root = await call('GET', `${entry('pair')}/Certificate/$value?rootCA=true`)
  assert.deepEqual([root.text, root.headers['content-disposition']], [rootPem, 'attachment; filename=pair_rootCA.cer'])
  const chain = await call('GET', `${entry('pair')}/ChainResource/$value`)
  assert.equal(readChain(Buffer.from(chain.text)).length, 3)
  const expanded = await call('GET', `${entry('pair')}?$expand=Keystore,SigningRequest,ChainCertificates`)
  const { Keystore, SigningRequest, ChainCertificates } = expanded.json.d
  assert.deepEqual([Keystore.Name, SigningRequest.Hexalias], ['system', hex('pair')])
  assert.deepEqual(
    ChainCertificates.results.map(({ Index }: { Index: number }) => Index),
    [0, 1, 2],
  )
  const certificate = `ChainCertificates(Hexalias='${hex('pair')}',Index=1)`
  assert.equal((await call('GET', `${certificate}/KeystoreEntry/Alias/$value`)).text, 'pair')
  assert.equal((await call('GET', `ChainCertificates(Hexalias='${hex('pair')}',Index=3)`)).status, 404)
})

test('a certificate has no chain to be asked for, and none certifies it again', async () => {
  await call('PUT', `CertificateResources('${hex('ca')}')/$value?fingerprintVerified=true`, rootPem)
  for (const path of [`${entry('ca')}/SigningRequest/$value`, `CertificateSigningRequests('${hex('ca')}')/$value`]) {
    const { status, json } = await call('GET', path)
    assert.equal(status, 404)
    assert.match(json.error.message.value, /Expected a key pair of keystore system to be certified, found none/)
  }
  assert.match(
    (await call('GET', `${entry('ca')}/Sshkey/$value`)).text,
    /^ecdsa-sha2-nistp256 \S+ public key for alias ca\n$/,
  )
})

test('an authority certifies a key pair by its request', { skip: tool('openssl').skip }, async () => {
  const body = { Alias: 'asked', CommonName: 'asked.example', Country: 'DE', KeySize: 2048 }
  assert.equal((await call('POST', 'KeyPairGenerationRequests', body)).status, 201)
  const request = (await call('GET', `${entry('asked')}/SigningRequest/$value`)).text
  const authority = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
  const reply = inCa(String(authority.export({ type: 'pkcs8', format: 'pem' })), request)
  const path = `CertificateChainResources('${hex('asked')}')/$value`
  const unverified = await call('PUT', path, reply)
  assert.match(unverified.text, /fingerprintVerified=true, found none: compare .* of .*CN=Test CA/)
  const forms = [reply, base64(reply), pemOf('PKCS7', makePkcs7(readPemCertificates(reply)))]
  for (const form of forms) {
    const put = await call('PUT', `${path}?fingerprintVerified=true&update=true`, form)
    assert.equal(put.status, 202, put.text)
    const { d } = (await call('GET', entry('asked'))).json
    assert.deepEqual([d.SubjectDN, d.IssuerDN], ['CN=asked.example, C=DE', 'CN=Test CA'])
    assert.equal((await call('GET', `${entry('asked')}/ChainCertificates/$count`)).text, '2')
  }
  const pair = await service.store.keystore.keyPair('asked')
  const key = createPrivateKey({ key: Buffer.from(pair?.privateKey ?? []), format: 'der', type: 'pkcs8' })
  assert.ok(new X509Certificate(pair?.certificates[0] ?? '').checkPrivateKey(key))
})

/** What an authority of its own makes of a request: the certificate and the authority's. */
function inCa(key: string, request: string): string {
  let reply = ''
  inDirectory(path => {
    const [ca, csr, keyFile, made] = ['ca.pem', 'request.csr', 'ca.key', 'made.pem'].map(name => join(path, name))
    assert.ok(ca && csr && keyFile && made)
    writeFileSync(keyFile, key)
    writeFileSync(csr, request)
    const openssl = tool('openssl')
    openssl.run(['req', '-x509', '-new', '-key', keyFile, '-subj', '/CN=Test CA', '-days', '30', '-out', ca])
    openssl.run([
      'x509',
      '-req',
      '-in',
      csr,
      '-CA',
      ca,
      '-CAkey',
      keyFile,
      '-set_serial',
      '7',
      '-days',
      '9',
      '-out',
      made,
    ])
    reply = readFileSync(made, 'utf8') + readFileSync(ca, 'utf8')
  })
  return reply
}

test('a chain that is not for the key, or no chain, is refused', async () => {
  await addFlows('mine')
  const path = (alias: string) => `CertificateChainResources('${hex(alias)}')/$value?fingerprintVerified=true`
  const cases: readonly (readonly [alias: string, body: string, status: number, message: RegExp])[] = [
    ['mine', rootPem, 400, /Expected the certificate of the private key, found 1 others/],
    ['mine', base64(Buffer.from([0x30, 3, 1])), 400, /found something else/],
    ['mine', '', 400, /Expected certificates in PEM or PKCS #7, found none/],
    ['mine', rootPem.repeat(60), 400, /at most 30720 bytes/],
    ['none', flowsPem, 404, /Expected a key pair "none" in the keystore, found none/],
  ]
  for (const [alias, body, status, message] of cases) {
    const found = await call('PUT', path(alias), body)
    assert.equal(found.status, status, found.text)
    assert.match(found.json.error.message.value, message)
  }
})

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const subject = { CommonName: 'keys.example', Country: 'DE' }

test('an RSA key that somebody has becomes a key pair for ten years', async () => {
  const body = {
    ...subject,
    Hexalias: 'AB',
    Alias: 'rsa',
    RSAFile: base64(String(rsa.export({ type: 'pkcs1', format: 'pem' }))),
  }
  const created = await call('POST', 'RSAKeyGenerationRequests', body)
  assert.equal(created.status, 201, created.text)
  assert.deepEqual([created.json.d.Alias, created.json.d.RSAFile], ['rsa', ''])
  const { d } = (await call('GET', entry('rsa'))).json
  assert.deepEqual(
    [d.KeyType, d.KeySize, d.SignatureAlgorithm, d.SubjectDN],
    ['RSA', 2048, 'SHA256withRSA', 'CN=keys.example, C=DE'],
  )
  const years = (time: string) => Number(/\d+/.exec(time)?.[0]) / (365 * 86_400_000)
  assert.equal(Math.round(years(d.ValidNotAfter) - years(d.ValidNotBefore)), 10)
  const pair = await service.store.keystore.keyPair('rsa')
  assert.deepEqual(Buffer.from(pair?.privateKey ?? []), rsa.export({ type: 'pkcs8', format: 'der' }))
  const ec = base64(flowsKeyPem)
  for (const [RSAFile, message] of [
    [ec, /type RSA, found one of type EC/],
    [base64(opensshEcKey), /an RSA key in PEM, found something else/],
    ['*', /"RSAFile" to be a file in base64/],
  ] as const) {
    const { status, text } = await call('POST', 'RSAKeyGenerationRequests', { ...body, Alias: 'wrong', RSAFile })
    assert.equal(status, 400)
    assert.match(text.replaceAll('\\"', '"'), message)
  }
})

test('a key of SSH becomes a key pair under the name of its kind, or the one that is given', async () => {
  const send = (body: object, query = '') => call('POST', `SSHKeyGenerationRequests?${query}`, { ...subject, ...body })
  const sent = { SSHFile: flowsKeyPem }
  const created = await send(sent)
  assert.equal(created.status, 201, created.text)
  assert.deepEqual([created.json.d.Alias, created.json.d.SSHFile, created.json.d.Password], ['id_ec', null, null])
  assert.equal((await send(sent)).status, 409)
  assert.equal((await send(sent, 'update=true')).status, 201)
  assert.equal((await send({ SSHFile: base64(opensshEd25519Key), Alias: 'edwards' })).json.d.Alias, 'edwards')
  const { d } = (await call('GET', entry('edwards'))).json
  assert.deepEqual([d.KeyType, d.Type], ['ED25519', 'Key Pair'])
  assert.match((await call('GET', `${entry('edwards')}/Sshkey/$value`)).text, /^ssh-ed25519 /)
  const generated = await send({ KeyType: 'EC', KeyAlgorithmParameter: 'secp384r1', Alias: 'made' })
  assert.equal(generated.status, 201, generated.text)
  const made = (await call('GET', entry('made'))).json.d
  assert.deepEqual([made.EllipticCurve, made.SignatureAlgorithm], ['secp384r1', 'SHA256withECDSA'])
  const wrong = await send({ SSHFile: opensshEcKey, Password: 'hidden', Alias: 'x' })
  assert.equal(wrong.status, 400)
  assert.match(wrong.text, /private key of OpenSSH or PuTTY and its password/)
  assert.doesNotMatch(wrong.text, /hidden/)
})
