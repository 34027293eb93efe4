import assert from 'node:assert/strict'
import { apiTest } from './testing/started-api.ts'

const path = '/applications/deviflmap/scopes'

apiTest('scopes are declared, listed, changed and deleted', async ({ send }) => {
  const read = { id: 'orders.read', description: 'Read orders', translations: { de: 'Aufträge lesen' } }
  assert.equal((await send('POST', path, read)).status, 201)
  const changed = { description: 'Look at orders' }
  assert.equal((await send('PUT', `${path}/orders.read`, changed)).status, 200)
  const expected = { id: 'orders.read', description: 'Look at orders', translations: {} }
  assert.deepEqual((await send('GET', path)).body, { scopes: [expected] })
  assert.equal((await send('DELETE', `${path}/orders.read`)).status, 204)
  assert.deepEqual((await send('GET', path)).body, { scopes: [] })
})

const refused: readonly [string, 'POST' | 'PUT' | 'DELETE' | 'GET', string, unknown, number, string][] = [
  ['a second scope of the same ID', 'POST', path, { id: 'taken', description: 'Again' }, 409, 'scope-exists'],
  ['an unknown application', 'GET', '/applications/nothing/scopes', undefined, 404, 'unknown-application'],
  ['a change of an unknown scope', 'PUT', `${path}/none`, { description: 'x' }, 404, 'unknown-scope'],
  ['deletion of an unknown scope', 'DELETE', `${path}/none`, undefined, 404, 'unknown-scope'],
  ['RFC 6749 §3.3: a blank in an ID', 'POST', path, { id: 'a b', description: 'x' }, 400, 'invalid-request'],
  ['a comma in an ID', 'POST', path, { id: 'a,b', description: 'x' }, 400, 'invalid-request'],
  ['no description', 'POST', path, { id: 'a' }, 400, 'invalid-request'],
  ['a translation to no language', 'POST', path, { id: 'a', description: 'x', translations: { '<': 'y' } }, 400, ''],
]

for (const [behaviour, method, at, body, status, code] of refused) {
  apiTest(`refused: ${behaviour}`, async ({ send }) => {
    await send('POST', path, { id: 'taken', description: 'First' })
    const answer = await send(method, at, body)
    assert.equal(answer.status, status, JSON.stringify(answer.body))
    if (code !== '') assert.match(JSON.stringify(answer.body), new RegExp(code))
  })
}
