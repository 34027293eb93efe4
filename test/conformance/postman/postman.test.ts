import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startTestServer, type TestServer } from '@sluice/server/testing'
import newman, { type RunSummary } from 'newman'
import { Tenant } from '../../tenant.ts'

const secret = 'a secret; with "punctuation": 100% (of it) ~/'
const hello = join(import.meta.dirname, '../../../examples/hello')

test('Postman follows the scenario and meets every refusal', async context => {
  const server = await startTestServer()
  context.after(() => server.close())
  const summary = await runCollection(await provision(server))
  assert.deepEqual(failuresOf(summary), [])
  const { requests, assertions } = summary.run.stats
  assert.equal(requests.total, requestCount(), 'Expected every request to be sent, found some skipped')
  assert.ok(assertions.total >= requests.total)
})

test('Postman notices a flow that answers something else', async context => {
  const server = await startTestServer()
  context.after(() => server.close())
  const summary = await runCollection({ ...(await provision(server)), expectedBody: 'something else' })
  assert.equal(failuresOf(summary).length, 1)
})

/** Clients, roles, the hello flow, and one token each that has expired and that has been revoked. */
async function provision(server: TestServer): Promise<Record<string, string>> {
  const tenant = new Tenant({ url: server.url, ...server.admin })
  const runtime = { secret, subscription: 'deviflmap' }
  await tenant.createClient({ ...runtime, id: 'hello' })
  await tenant.createClient({ ...runtime, id: 'without-role' })
  await tenant.createClient({ ...runtime, id: 'short-lived', tokenLifetime: { value: 1, unit: 'minutes' } })
  await tenant.createClient({ ...runtime, id: 'deleted' })
  await tenant.createClient({ secret, subscription: 'devtmn', id: 'api' })
  for (const id of ['hello', 'short-lived', 'deleted', 'api']) await tenant.allowMessages(id)
  await tenant.importFlow('hello', hello)
  await tenant.deploy('hello')
  const expiredToken = await tenant.issueToken('short-lived', secret)
  server.clock.advance(61_000)
  const revokedToken = await tenant.issueToken('deleted', secret)
  await tenant.deleteClient('deleted')
  return {
    tokenUrl: `${server.url}/oauth2/api/v1/token`,
    runtimeUrl: server.url,
    clientId: 'hello',
    clientSecret: secret,
    apiClientId: 'api',
    apiClientSecret: secret,
    clientWithoutRoleId: 'without-role',
    clientWithoutRoleSecret: secret,
    expiredToken,
    revokedToken,
  }
}

interface Collection {
  readonly item: readonly { readonly item: readonly unknown[] }[]
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'))
}

function requestCount(): number {
  const { item: folders } = readJson('sluice.postman_collection.json') as Collection
  return folders.reduce((sum, folder) => sum + folder.item.length, 0)
}

/** Runs the very files that a user imports, with the values that a user fills in. */
function runCollection(values: Readonly<Record<string, string>>): Promise<RunSummary> {
  const collection = readJson('sluice.postman_collection.json') as object
  const environment = readJson('sluice.postman_environment.json') as object
  const envVar = Object.entries(values).map(([key, value]) => ({ key, value }))
  return new Promise((resolve, reject) => {
    newman.run({ collection, environment, envVar }, (error, summary) => (error ? reject(error) : resolve(summary)))
  })
}

function failuresOf(summary: RunSummary): string[] {
  return summary.run.failures.map(
    ({ source, error }) => `${source?.name}: ${error.test ?? error.name}: ${error.message}`,
  )
}
