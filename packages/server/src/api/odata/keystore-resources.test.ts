import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { readCertificate } from '../../keystore/certificate.ts'
import { readJks } from '../../keystore/jks.ts'
import { readKeyPair } from '../../keystore/read-key-pair.ts'
import { exampleJceks, exampleJks, exampleKeystorePkcs12 } from '../../keystore/testing/example-keystores.ts'
import { flowsKeyPem, flowsPem, issuingPem, rootPem } from '../../keystore/testing/example-material.ts'
import { inDirectory, tool } from '../../keystore/testing/tools.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
})
after(() => service.close())
beforeEach(async () => {
  const { keystore } = service.store
  await keystore.delete(await keystore.aliases(), { by: 'test', at: 1 })
})

const headers = { authorization: 'Bearer administrator', accept: 'application/json' }
const call = (method: string, path: string, body?: unknown) =>
  service.call(method, path, { headers, ...(body === undefined ? {} : { body }) })
const hex = (text: string) => Buffer.from(text).toString('hex').toUpperCase()
const aliases = async (query = '') =>
  (await call('GET', `KeystoreEntries?${query}`)).json.d.results.map(({ Alias }: { Alias: string }) => Alias)
const statuses = (results: readonly { readonly Alias: string; readonly Status: string }[]) =>
  results.map(({ Alias, Status }) => `${Alias}: ${Status}`)

const importFile = (Resource: string, query = '', Password = 'secret') =>
  call('POST', `KeystoreResources?${query}`, { Name: 'system', Resource, Password })

const addRoot = (alias: string) =>
  call('PUT', `CertificateResources('${hex(alias)}')/$value?fingerprintVerified=true`, rootPem)
/** Put into the store directly: reading a file takes a process. */
const addPair = (alias: string) => {
  const pair = readKeyPair(Buffer.from(flowsKeyPem + flowsPem + issuingPem + rootPem), '')
  const audit = { createdBy: 'ada', createdAt: 1, modifiedBy: 'ada', modifiedAt: 1 }
  return service.store.keystore.create(
    { alias, kind: 'key-pair', certificates: pair.certificates, ...audit },
    pair.privateKey,
  )
}

for (const [name, file, expected] of [
  ['JKS', exampleJks, ['flows', 'vertraut ü😀']],
  ['JCEKS', exampleJceks, ['flows', 'vertraut ü😀']],
  ['PKCS #12', exampleKeystorePkcs12, ['flows', 'second', 'vertraut ü😀']],
] as const) {
  test(`a keystore of type ${name} is imported, and its keys are there for flows`, async () => {
    const { status, text, json } = await importFile(file)
    assert.equal(status, 201, text)
    assert.deepEqual([json.d.Name, json.d.Resource, json.d.Password], ['system', null, null])
    assert.deepEqual(await aliases(), expected)
    assert.ok(await service.store.keystore.keyPair('flows'))
    assert.equal(await service.store.keystore.keyPair('vertraut ü😀'), undefined)
  })
}

test('an import tells what it has done with each entry when it is asked to', async () => {
  await addRoot('root')
  await addPair('FLOWS')
  const first = await importFile(exampleJceks, 'returnKeystoreEntries=true&importOption=merge')
  assert.equal(first.status, 200, first.text)
  const { results } = first.json.d
  const notImported = 'Not imported: Expected a key pair or a certificate, found a secret key'
  assert.deepEqual(statuses(results), [
    'FLOWS: Not imported: the alias is taken',
    'root: Unchanged',
    'vertraut ü😀: Created',
    `des: ${notImported}`,
    `aes: ${notImported}`,
  ])
  assert.match(results[0].SubjectDN, /^CN=flows, O=Example, C=DE$/)
  const replaced = await importFile(exampleJks, 'returnKeystoreEntries=true&importOption=replace')
  assert.deepEqual(statuses(replaced.json.d.results), ['flows: Updated', 'root: Removed', 'vertraut ü😀: Unchanged'])
  assert.deepEqual(await aliases(), ['flows', 'vertraut ü😀'])
})

test('of imports at the same time each is whole', async () => {
  const options = ['replace', 'overwrite', 'merge', 'replace'] as const
  const files = [exampleJks, exampleKeystorePkcs12, exampleJks, exampleKeystorePkcs12]
  const answers = await Promise.all(files.map((file, index) => importFile(file, `importOption=${options[index]}`)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201, 201, 201],
  )
  const pair = await service.store.keystore.keyPair('flows')
  assert.ok(pair)
  assert.ok((await aliases()).includes('vertraut ü😀'))
})

test('what is wrong with an import is said, and nothing is imported', async () => {
  const cases: readonly (readonly [body: object, query: string, message: RegExp])[] = [
    [{ Name: 'system', Resource: exampleJks, Password: 'hidden' }, '', /password of the keystore/],
    [{ Name: 'system', Resource: exampleJks }, '', /password of the keystore/],
    [
      { Name: 'system', Password: 'hidden' },
      '',
      /"Resource" to be a file in base64 of at most 2097152 bytes, found none/,
    ],
    [{ Name: 'system', Resource: 'AAAA' }, '', /type JKS, JCEKS or PKCS #12, found something else/],
    [{ Name: 'other', Resource: exampleJks }, '', /"Name" to be system, .* found "other"/],
    [{ Name: 'system', Resource: exampleJks }, 'importOption=all', /one of replace, merge, overwrite, found "all"/],
  ]
  for (const [body, query, message] of cases) {
    const { status, text } = await call('POST', `KeystoreResources?${query}`, body)
    assert.equal(status, 400, text)
    assert.match(text.replaceAll('\\"', '"'), message)
    assert.doesNotMatch(text, /hidden/)
  }
  assert.deepEqual(await aliases(), [])
})

test('certificates are exported as a Java keystore, those of a chain under names of their own', async () => {
  await addPair('pair')
  await addRoot('pair_1')
  const { json, text } = await call('GET', "KeystoreResources('system')")
  assert.doesNotMatch(text, /secret/)
  const file = Buffer.from(json.d.Resource, 'base64')
  const certificateOf = (pem: string) => [readCertificate(Buffer.from(pem))]
  assert.deepEqual(
    readJks(file, '').map(entry => [entry.alias, entry.kind, 'certificates' in entry && entry.certificates]),
    [
      ['pair', 'certificate', certificateOf(flowsPem)],
      ['pair_1_', 'certificate', certificateOf(issuingPem)],
      ['pair_2', 'certificate', certificateOf(rootPem)],
      ['pair_1', 'certificate', certificateOf(rootPem)],
    ],
  )
  assert.equal((await call('GET', "KeystoreResources('other')")).status, 404)
})

test('keytool lists what is exported', { skip: tool('keytool').skip }, async () => {
  await addPair('pair ü')
  const { json } = await call('GET', "KeystoreResources('system')")
  inDirectory(path => {
    const file = join(path, 'public.jks')
    writeFileSync(file, Buffer.from(json.d.Resource, 'base64'))
    const { stdout } = tool('keytool').run(['-list', '-storetype', 'JKS', '-keystore', file], '\n')
    assert.equal(stdout.match(/trustedCertEntry/g)?.length, 3, stdout)
  })
})

test('many entries are deleted at once, or none', async () => {
  for (const alias of ['a', 'b; c', 'd\\e', 'f']) await addRoot(alias)
  const path = "KeystoreResources('system')?deleteEntries=true"
  const missing = await call('PUT', path, { Aliases: 'a;none' })
  assert.equal(missing.status, 404)
  assert.match(missing.json.error.message.value, /found "none"; nothing was deleted/)
  assert.equal((await call('PUT', path, { Aliases: 'A;b\\; c;d\\\\e' })).status, 202)
  assert.deepEqual(await aliases(), ['f'])
  const told = await call('PUT', `${path}&returnKeystoreEntries=true`, { Aliases: 'f' })
  assert.deepEqual([told.status, told.json.d.results], [200, []])
  for (const body of [{}, { Aliases: ';' }]) assert.equal((await call('PUT', path, body)).status, 400)
})

test('the keystore is backed up and brought back, and the backup is read by its name', async () => {
  assert.match(
    (await call('PUT', "KeystoreResources('system')?retrieveBackup=backup_admin_system", {})).text,
    /found none/,
  )
  await addPair('pair')
  assert.equal((await call('POST', 'KeystoreResources', { Name: 'backup_admin_system' })).status, 201)
  await call('DELETE', `KeystoreEntries('${hex('pair')}')`)
  await addRoot('later')
  const backup = 'keystoreName=backup_admin_system'
  assert.deepEqual(await aliases(backup), ['pair'])
  assert.equal((await call('GET', `KeystoreEntries/$count?${backup}`)).text, '1')
  const entry = `KeystoreEntries('${hex('pair')}')`
  assert.equal((await call('GET', entry)).status, 404)
  assert.equal((await call('GET', `${entry}/Certificate/$value?${backup}`)).text, flowsPem)
  assert.equal(
    (await call('GET', `Keystores('backup_admin_system')/Entries('${hex('pair')}')/ChainCertificates/$count`)).text,
    '3',
  )
  for (const [method, body] of [
    ['DELETE', undefined],
    ['PUT', { Status: null }],
  ] as const)
    assert.equal((await call(method, `${entry}?${backup}&renameAlias=x`, body)).status, 400)
  const restore = "KeystoreResources('system')?retrieveBackup=backup_admin_system"
  assert.equal((await call('PUT', restore, { Resource: '' })).status, 202)
  assert.deepEqual(await aliases(), ['later', 'pair'])
  assert.ok(await service.store.keystore.keyPair('pair'))
  const replaced = await call('PUT', `${restore}&importOption=replace&returnKeystoreEntries=true`, {})
  assert.deepEqual(statuses(replaced.json.d.results), ['later: Removed', 'pair: Unchanged'])
  assert.equal((await call('PUT', `${restore}&importOption=merge`, {})).status, 400)
  assert.equal((await call('PUT', "KeystoreResources('system')", {})).status, 400)
})

test('a keystore tells how large it is, who has changed it, and its entries', async () => {
  await addRoot('root')
  assert.equal((await call('GET', "Keystores('system')/Size/$value")).text, '1')
  assert.equal((await call('GET', "Keystores('KeyRenewal')/Size/$value")).text, '0')
  const { json } = await call('GET', "Keystores('system')?$expand=Entries&$select=LastModifiedTime,Entries")
  assert.deepEqual(Object.keys(json.d).sort(), ['Entries', 'LastModifiedTime', '__metadata'])
  assert.deepEqual(
    json.d.Entries.results.map(({ Alias }: { Alias: string }) => Alias),
    ['root'],
  )
  const before = json.d.LastModifiedTime
  service.clock.advance(5_000)
  await call('DELETE', `KeystoreEntries('${hex('root')}')`)
  const { d } = (await call('GET', "Keystores('system')")).json
  assert.equal(d.LastModifiedBy, 'administrator')
  assert.notEqual(d.LastModifiedTime, before)
  assert.deepEqual(
    (await call('GET', 'Keystores?$select=Name')).json.d.results.map(({ Name }: { Name: string }) => Name),
    ['backup_admin_system', 'system'],
  )
  assert.equal((await call('GET', "Keystores('other')")).status, 404)
  assert.deepEqual(await aliases('keystoreName=KeyRenewal'), [])
  assert.equal((await call('GET', 'KeystoreEntries?keystoreName=other')).status, 400)
})
