import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseFilter } from '@sluice/odata'
import { describeCertificate, readCertificate } from '../keystore/certificate.ts'
import { KeystoreError } from '../keystore/keystore-error.ts'
import { flowsPem, issuingPem, rootPem } from '../keystore/testing/example-material.ts'
import { inDirectory, stoppedTimers, storeTest } from './each-database.test.ts'
import { openStore } from './open.ts'
import { DuplicateError, type ImportOption, type KeystoreContent, type KeystoreEntry, type Store } from './store.ts'

const privateKey = new Uint8Array(Buffer.from('correct horse battery staple'))
const [flows, issuing, root] = [flowsPem, issuingPem, rootPem].map(pem => readCertificate(Buffer.from(pem)))
assert.ok(flows && issuing && root)
const chain = [flows, issuing]
const ada = { by: 'ada', at: 1 }
const bob = { by: 'bob', at: 5 }

function entry(alias: string, more: Partial<KeystoreEntry> = {}): KeystoreEntry {
  return {
    alias,
    kind: 'key-pair',
    certificates: chain,
    createdBy: 'ada',
    createdAt: 1,
    modifiedBy: 'ada',
    modifiedAt: 1,
    ...more,
  }
}

const certificateEntry = (alias: string) => entry(alias, { kind: 'certificate', certificates: [root] })
const aliasesOf = (entries: readonly { readonly alias: string }[]) => entries.map(({ alias }) => alias)

storeTest('a key pair is found by its alias in any case, with and without its private key', async ({ keystore }) => {
  await keystore.create(entry('Partner'), privateKey)
  assert.deepEqual(await keystore.find('PARTNER'), entry('Partner'))
  assert.deepEqual(await keystore.keyPair('partner'), { privateKey, certificates: chain })
  assert.deepEqual(await keystore.certificates('partner'), chain)
  assert.equal(await keystore.keyPair('other'), undefined)
  assert.equal(await keystore.certificates('other'), undefined)
})

storeTest('a certificate has no private key', async ({ keystore }) => {
  await keystore.create(certificateEntry('root'), undefined)
  assert.equal(await keystore.keyPair('root'), undefined)
  assert.deepEqual(await keystore.certificates('root'), [root])
})

storeTest('an alias is taken once, whatever its case, and keeps its kind', async ({ keystore }) => {
  await keystore.create(entry('a'), privateKey)
  await assert.rejects(keystore.create(entry('A'), privateKey), DuplicateError)
  await assert.rejects(keystore.put(certificateEntry('a'), undefined), DuplicateError)
  const changed = entry('A', { certificates: [root], createdAt: 5, modifiedBy: 'bob', modifiedAt: 5 })
  await keystore.put(changed, new Uint8Array([8]))
  assert.deepEqual(await keystore.find('a'), { ...changed, alias: 'a', createdAt: 1 })
  assert.deepEqual((await keystore.keyPair('a'))?.privateKey, new Uint8Array([8]))
  await keystore.put(entry('new'), privateKey)
  assert.deepEqual(await keystore.find('new'), entry('new'))
})

storeTest(
  'entries are listed by alias, deleted all or none, and every change is told',
  async ({ keystore, changes }) => {
    const told: string[] = []
    changes.on('keystore', alias => told.push(alias))
    for (const alias of ['b', 'A', 'c']) await keystore.create(entry(alias), privateKey)
    assert.deepEqual(await keystore.aliases(), ['A', 'b', 'c'])
    assert.deepEqual(aliasesOf(await keystore.list()), ['A', 'b', 'c'])
    assert.deepEqual(await keystore.delete(['a', 'x', 'b', 'y'], bob), ['x', 'y'])
    assert.deepEqual(await keystore.aliases(), ['A', 'b', 'c'])
    assert.deepEqual(await keystore.delete(['a', 'B'], bob), [])
    assert.deepEqual(await keystore.aliases(), ['c'])
    assert.deepEqual(told, ['b', 'A', 'c', ''])
    assert.deepEqual(await keystore.describe('system'), { size: 1, modified: bob })
  },
)

storeTest('a renamed key pair keeps its key and leaves no other behind', async ({ keystore }) => {
  await keystore.create(entry('old'), privateKey)
  await keystore.create(entry('taken'), privateKey)
  await assert.rejects(keystore.rename('old', 'TAKEN', bob), DuplicateError)
  assert.equal(await keystore.rename('nothing', 'x', bob), false)
  assert.equal(await keystore.rename('OLD', 'New', bob), true)
  assert.deepEqual(await keystore.find('new'), entry('New', { modifiedBy: 'bob', modifiedAt: 5 }))
  assert.deepEqual((await keystore.keyPair('new'))?.privateKey, privateKey)
  assert.equal(await keystore.find('old'), undefined)
  assert.equal(await keystore.rename('new', 'NEW', bob), true)
  assert.deepEqual(aliasesOf(await keystore.list()), ['NEW', 'taken'])
})

storeTest('a chain is put only to the key that it is for', async ({ keystore }) => {
  await keystore.create(entry('a', { certificates: [flows] }), privateKey)
  const other = { privateKey: new Uint8Array([1]), certificates: chain }
  assert.equal(await keystore.certify('a', other, bob), false)
  assert.equal(await keystore.certify('none', { privateKey, certificates: chain }, bob), false)
  assert.equal(await keystore.certify('A', { privateKey, certificates: chain }, bob), true)
  assert.deepEqual(await keystore.find('a'), entry('a', { modifiedBy: 'bob', modifiedAt: 5 }))
  assert.deepEqual(await keystore.keyPair('a'), { privateKey, certificates: chain })
})

const filters: readonly (readonly [filter: string, aliases: readonly string[]])[] = [
  ["Type eq 'Certificate'", ['root']],
  ["Alias eq 'pair' or Hexalias eq '726F6F74'", ['pair', 'root']],
  ["substringof('CN=Root', IssuerDN) and KeySize eq 256", ['root']],
  ["KeyType ne 'EC'", []],
  ["Validity eq 'VALID'", ['pair', 'root']],
  ["Validity eq 'EXPIRED'", []],
  ["ValidNotAfter gt datetimeoffset'2100-01-01T00:00:00Z' and Version eq 3", ['pair', 'root']],
  ["Owner eq 'Tenant Administrator' and Status eq null", ['pair', 'root']],
  [`FingerprintSha256 eq '${describeCertificate(flows).fingerprints.sha256}'`, ['pair']],
]
storeTest('entries are filtered, sorted and paged by what their certificates say', async ({ keystore }) => {
  const now = Date.UTC(2026, 0)
  await keystore.create(entry('pair'), privateKey)
  await keystore.create(certificateEntry('root'), undefined)
  for (const [text, aliases] of filters) {
    const filter = parseFilter(text)
    assert.deepEqual(aliasesOf(await keystore.page('system', { filter }, now)), aliases, text)
    assert.equal(await keystore.count('system', { filter }, now), aliases.length, text)
  }
  const orderBy = [{ property: 'SubjectDN', descending: false }]
  assert.deepEqual(aliasesOf(await keystore.page('system', { orderBy, top: 1, skip: 1 }, now)), ['pair'])
  const [described] = await keystore.page('system', {}, now)
  assert.deepEqual(described?.own, describeCertificate(flows))
  const early = await keystore.count('system', { filter: parseFilter("Validity eq 'NOT_YET_VALID'") }, 0)
  assert.equal(early, 2)
  assert.equal(await keystore.count('backup_admin_system', {}, now), 0)
})

const content = (alias: string, more: Partial<KeystoreContent> = {}): KeystoreContent => ({
  alias,
  certificates: chain,
  privateKey,
  ...more,
})

const imports: Readonly<Record<ImportOption, readonly string[]>> = {
  overwrite: ['created new', 'unchanged pair', 'updated Root', 'unchanged other'],
  merge: ['created new', 'unchanged pair', 'kept root', 'unchanged other'],
  replace: ['created new', 'unchanged pair', 'updated Root', 'removed other'],
}
for (const [option, expected] of Object.entries(imports)) {
  storeTest(`an import with ${option} says what it has made of each entry`, async ({ keystore }) => {
    await keystore.create(entry('pair'), privateKey)
    await keystore.create(certificateEntry('root'), undefined)
    await keystore.create(certificateEntry('other'), undefined)
    const contents = [content('new'), content('pair'), { alias: 'Root', certificates: [issuing] }]
    const outcomes = await keystore.importAll(contents, option as ImportOption, bob)
    assert.deepEqual(
      outcomes.map(({ status, entry: { alias } }) => `${status} ${alias}`),
      expected,
    )
    assert.deepEqual((await keystore.find('pair'))?.modifiedBy, 'ada')
    assert.deepEqual((await keystore.keyPair('new'))?.privateKey, privateKey)
    const modified = (await keystore.find('root'))?.modifiedBy
    assert.equal(modified, option === 'merge' ? 'ada' : 'bob')
    assert.equal((await keystore.find('root'))?.createdBy, 'ada')
  })
}

storeTest('a keystore that would grow too large stays as it is', async ({ keystore }) => {
  const many = Array.from({ length: 999 }, (_, index) => ({ alias: `c${index}`, certificates: [root] }))
  await keystore.importAll(many, 'merge', ada)
  await keystore.create(certificateEntry('last'), undefined)
  await assert.rejects(keystore.create(certificateEntry('more'), undefined), KeystoreError)
  const two = [content('x'), content('y')]
  await assert.rejects(
    keystore.importAll(two, 'merge', bob),
    /at most 1000 entries in the keystore, found it to get 1002/,
  )
  assert.equal(await keystore.find('x'), undefined)
  assert.deepEqual(await keystore.describe('system'), { size: 1_000, modified: ada })
  assert.equal((await keystore.importAll(two, 'replace', bob)).length, 1_002)
})

storeTest('of two imports at once one comes after the other', async ({ keystore }) => {
  const all = (name: string) => ['a', 'b', 'c'].map(alias => content(alias, { privateKey: Buffer.from(name) }))
  await Promise.all([
    keystore.importAll(all('first'), 'replace', ada),
    keystore.create(entry('d'), privateKey),
    keystore.importAll(all('second'), 'replace', bob),
  ])
  const keys = await Promise.all(['a', 'b', 'c'].map(alias => keystore.keyPair(alias)))
  assert.deepEqual(
    keys.map(pair => Buffer.from(pair?.privateKey ?? []).toString()),
    ['second', 'second', 'second'],
  )
  assert.equal((await keystore.describe('system')).size, 3)
})

storeTest(
  'what was backed up comes back with its keys, and the backup stays as it is',
  async ({ keystore, changes }) => {
    await keystore.create(entry('Pair'), privateKey)
    await keystore.create(certificateEntry('root'), undefined)
    let told = 0
    changes.on('keystore', () => told++)
    await keystore.backUp(ada)
    assert.equal(told, 0)
    await keystore.delete(['pair'], bob)
    await keystore.create(entry('later'), privateKey)
    assert.deepEqual(await keystore.describe('backup_admin_system'), { size: 2, modified: ada })
    const outcomes = await keystore.restore('overwrite', bob)
    assert.deepEqual(outcomes.map(({ status, entry: { alias } }) => `${status} ${alias}`).sort(), [
      'created Pair',
      'unchanged later',
      'unchanged root',
    ])
    assert.deepEqual((await keystore.keyPair('pair'))?.privateKey, privateKey)
    await keystore.restore('replace', bob)
    assert.deepEqual(aliasesOf(await keystore.list()), ['Pair', 'root'])
    assert.deepEqual(aliasesOf(await keystore.list('backup_admin_system')), ['Pair', 'root'])
    await keystore.delete(['root'], bob)
    await keystore.backUp(bob)
    assert.deepEqual(aliasesOf(await keystore.list('backup_admin_system')), ['Pair'])
  },
)

test('no private key lies in the files in plain', () =>
  inDirectory(async dataDirectory => {
    const store: Store = await openStore({ dataDirectory, timers: stoppedTimers })
    await store.keystore.create(entry('visible alias'), privateKey)
    const written = readFileSync(join(dataDirectory, 'sluice.db-wal')).toString('latin1')
    assert.match(written, /visible alias/)
    assert.doesNotMatch(written, /correct horse/)
    await store.close()
  }))
