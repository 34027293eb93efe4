import assert from 'node:assert/strict'
import { storeTest } from './each-database.test.ts'
import { type Audit, DuplicateError } from './store.ts'

const audit: Audit = { createdBy: 'ada', createdAt: 1, modifiedBy: 'ada', modifiedAt: 1 }
const changed: Audit = { createdBy: 'bob', createdAt: 2, modifiedBy: 'bob', modifiedAt: 2 }

storeTest('a string parameter is created once, found, changed and deleted', async ({ partnerDirectory }) => {
  const { stringParameters } = partnerDirectory
  const entry = { partnerId: 'ACME', id: 'Standard', value: 'X12', ...audit }
  await stringParameters.create(entry)
  await assert.rejects(stringParameters.create({ ...entry, value: 'other' }), DuplicateError)
  assert.equal(await partnerDirectory.stringParameter('ACME', 'Standard'), 'X12')
  assert.equal(await partnerDirectory.stringParameter('acme', 'Standard'), undefined)
  assert.equal(await stringParameters.update({ ...entry, value: 'EDIFACT', ...changed }), true)
  const expected = { ...entry, value: 'EDIFACT', modifiedBy: 'bob', modifiedAt: 2 }
  assert.deepEqual(await stringParameters.find({ partnerId: 'ACME', id: 'Standard' }), expected)
  assert.equal(await stringParameters.update({ ...entry, id: 'Other' }), false)
  assert.equal(await stringParameters.delete(entry), true)
  assert.equal(await stringParameters.delete(entry), false)
})

storeTest('a binary parameter is given back as it was, with its type', async ({ partnerDirectory }) => {
  const value = new Uint8Array([0, 255, 10])
  const entry = { partnerId: 'ACME', id: 'Mapping', contentType: 'xsl', value, ...audit }
  await partnerDirectory.binaryParameters.create(entry)
  assert.deepEqual(await partnerDirectory.binaryParameter('ACME', 'Mapping'), { contentType: 'xsl', value })
  assert.equal(await partnerDirectory.binaryParameter('ACME', 'Other'), undefined)
})

storeTest('partners are found by what agencies call them, and the other way round', async ({ partnerDirectory }) => {
  const { alternativePartners } = partnerDirectory
  const entry = { agency: 'GS1', scheme: 'GLN', partnerId: 'ACME', ...audit }
  await alternativePartners.create({ ...entry, id: '42' })
  await alternativePartners.create({ ...entry, id: '41' })
  await alternativePartners.create({ ...entry, scheme: 'DUNS', id: '7' })
  assert.equal(await partnerDirectory.partnerId('GS1', 'GLN', '42'), 'ACME')
  assert.equal(await partnerDirectory.partnerId('GS1', 'GLN', '43'), undefined)
  assert.equal(await partnerDirectory.alternativePartnerId('GS1', 'GLN', 'ACME'), '41')
  assert.equal(await partnerDirectory.alternativePartnerId('GS1', 'EAN', 'ACME'), undefined)
})

storeTest('a user may call for one partner, whatever the case of the name', async ({ partnerDirectory }) => {
  await partnerDirectory.users.create({ user: 'ada', partnerId: 'ACME', ...audit })
  await partnerDirectory.users.create({ user: 'bob', partnerId: 'ACME', ...audit })
  await assert.rejects(partnerDirectory.users.create({ user: 'bob', partnerId: 'Other', ...audit }), DuplicateError)
  assert.equal(await partnerDirectory.partnerIdOfAuthorizedUser('ADA'), 'ACME')
  assert.equal(await partnerDirectory.partnerIdOfAuthorizedUser('eve'), undefined)
  assert.deepEqual(await partnerDirectory.authorizedUsers('ACME'), ['ada', 'bob'])
})

storeTest('entries are listed in pages, filtered and counted', async ({ partnerDirectory }) => {
  const { stringParameters } = partnerDirectory
  for (const id of ['c', 'a', 'b'])
    await stringParameters.create({ partnerId: 'ACME', id, value: `of ${id}`, ...audit })
  await stringParameters.create({ partnerId: 'Other', id: 'a', value: '', ...changed })
  const ids = async (query: Parameters<typeof stringParameters.list>[0]) =>
    (await stringParameters.list(query)).map(({ partnerId, id }) => `${partnerId}/${id}`)
  assert.deepEqual(await ids({ top: 2 }), ['ACME/a', 'ACME/b'])
  assert.deepEqual(await ids({ skip: 2 }), ['ACME/c', 'Other/a'])
  const filter = {
    kind: 'compare',
    operator: 'eq',
    left: { kind: 'property', path: 'Id' },
    right: { kind: 'literal', value: 'a' },
  } as const
  assert.deepEqual(await ids({ filter }), ['ACME/a', 'Other/a'])
  assert.equal(await stringParameters.count({ filter }), 2)
})

storeTest(
  'a partner exists as long as something is known about it, and goes as a whole',
  async ({ partnerDirectory }) => {
    await partnerDirectory.users.create({ user: 'ada', partnerId: 'B', ...audit })
    await partnerDirectory.stringParameters.create({ partnerId: 'A', id: 'x', value: '', ...audit })
    await partnerDirectory.alternativePartners.create({ agency: 'x', scheme: 'y', id: 'z', partnerId: 'A', ...audit })
    assert.deepEqual(await partnerDirectory.partners.list({}), ['A', 'B'])
    assert.equal(await partnerDirectory.deletePartner('A'), true)
    assert.equal(await partnerDirectory.deletePartner('A'), false)
    assert.deepEqual(await partnerDirectory.partners.list({}), ['B'])
    assert.equal(await partnerDirectory.partnerId('x', 'y', 'z'), undefined)
  },
)
