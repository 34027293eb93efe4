import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { refuseRecords } from '../src/store/testing/refuse-records.ts'
import { type Answer, flowZip, ok, Tenant } from './tenant.ts'

interface Change {
  readonly name: string
  readonly make: (tenant: Tenant) => Promise<Answer>
  readonly isMade: (tenant: Tenant) => Promise<boolean>
  /** What the audit log says of it afterwards: object, action, ids, changes. */
  readonly record: string
}

const packages = '/api/v1/IntegrationPackages'
const clients = '/oauth2/api/v1/clients'
const range = { Name: 'orders', MinValue: '1', MaxValue: '9', CurrentValue: '1', Rotate: 'false', FieldLength: '1' }

const shows = async (tenant: Tenant, path: string, text: string) =>
  ok(await tenant.administer('GET', path)).text.includes(text)
const isThere = async (tenant: Tenant, path: string) => (await tenant.administer('GET', path)).status === 200

const changes: readonly Change[] = [
  {
    name: 'a new entity',
    make: tenant => tenant.administer('POST', '/api/v1/NumberRanges', range),
    isMade: tenant => isThere(tenant, "/api/v1/NumberRanges('orders')"),
    record: 'number-range create orders',
  },
  {
    name: 'an entity whose key the server chooses',
    make: tenant => tenant.administer('POST', '/api/v1/AccessPolicies', { RoleName: 'sales', Description: '' }),
    isMade: tenant => shows(tenant, '/api/v1/AccessPolicies', 'sales'),
    record: 'access-policy create',
  },
  {
    name: 'properties of an entity',
    make: tenant => tenant.administer('PUT', `${packages}('tests')`, { ShortText: 'Changed' }),
    isMade: tenant => shows(tenant, `${packages}('tests')`, 'Changed'),
    record: 'package update tests [ShortText]',
  },
  {
    name: 'a deployment',
    make: tenant =>
      tenant.administer('POST', "/api/v1/DeployIntegrationDesigntimeArtifact?Id='hello'&Version='active'"),
    isMade: tenant => isThere(tenant, "/api/v1/IntegrationRuntimeArtifacts('hello')"),
    record: 'deployment deploy hello,active',
  },
  {
    name: 'an entity that is deleted',
    make: tenant => tenant.administer('DELETE', "/api/v1/NumberRanges('old')"),
    isMade: async tenant => !(await isThere(tenant, "/api/v1/NumberRanges('old')")),
    record: 'number-range delete old',
  },
  {
    name: 'a new client',
    make: tenant => tenant.administer('POST', clients, { id: 'orders', name: 'orders', subscription: 'deviflmap' }),
    isMade: tenant => isThere(tenant, `${clients}/orders`),
    record: 'client create orders',
  },
  {
    name: 'a client that is deleted, which takes several steps',
    make: tenant => tenant.administer('DELETE', `${clients}/old`),
    isMade: async tenant => !(await isThere(tenant, `${clients}/old`)),
    record: 'client delete old',
  },
]

test('the audit log knows, after the next start, of changes that the end of a server kept from being recorded', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sluice-interrupted-'))
  let tenant = await Tenant.start({ dataDirectory })
  try {
    ok(await tenant.upload(await flowZip()))
    ok(await tenant.administer('POST', '/api/v1/NumberRanges', { ...range, Name: 'old' }))
    await tenant.createClient({ id: 'old' })
    const before = await recordsOf(tenant)
    refuseRecords(dataDirectory, true)
    for (const { name, make, isMade } of changes) {
      assert.deepEqual([name, (await make(tenant)).status, await isMade(tenant)], [name, 500, true])
    }
    await tenant.server.deployed()
    await tenant.close()
    refuseRecords(dataDirectory, false)
    tenant = await Tenant.start({ dataDirectory })
    const reason = 'the server ended meanwhile: it may have happened'
    const recorded = (await recordsOf(tenant)).slice(before.length)
    assert.deepEqual(
      recorded,
      changes.map(({ record }) => `${record} by admin !${reason}`),
    )
    await tenant.close()
    tenant = await Tenant.start({ dataDirectory })
    assert.equal((await recordsOf(tenant)).length, before.length + changes.length)
  } finally {
    await tenant.close()
    await rm(dataDirectory, { recursive: true, force: true })
  }
})

/** The oldest first. */
async function recordsOf(tenant: Tenant): Promise<string[]> {
  const { records } = JSON.parse(ok(await tenant.administer('GET', '/api/audit/v1/records?limit=1000')).text)
  return (records as Readonly<Record<string, string & string[]>>[]).reverse().map(record => {
    const { object, action, ids = [], changes: fields = [], user, reason } = record
    const named = [object, action, ...ids, ...(fields.length > 0 ? [`[${fields.join(', ')}]`] : [])]
    return [...named, `by ${user}`, ...(reason === undefined ? [] : [`!${reason}`])].join(' ')
  })
}
