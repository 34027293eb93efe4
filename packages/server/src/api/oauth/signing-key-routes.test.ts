import assert from 'node:assert/strict'
import { oauthPaths } from '@sluice/oauth'
import { type Api, apiTest } from './testing/started-api.ts'

const minute = 60_000

interface Listed {
  readonly kid: string
  readonly state: string
  readonly signsFrom?: string
  readonly verifiesUntil?: string
}

async function list(api: Api): Promise<{ keys: Listed[]; rotatesAt?: string }> {
  return (await api.send('GET', '/signing-keys')).body
}

apiTest('the list tells what each key does, and when the next one takes over', async api => {
  const start = api.clock.now()
  const at = (ms: number): string => new Date(start + ms).toISOString()
  const [next, current] = (await list(api)).keys
  assert.deepEqual(next, { kid: next?.kid, alg: 'ES256', state: 'next', createdAt: at(0) })
  assert.deepEqual(current, { kid: current?.kid, alg: 'ES256', state: 'current', createdAt: at(0), signsFrom: at(0) })
  assert.equal((await list(api)).rotatesAt, at(90 * 24 * 60 * minute))
  api.clock.advance(3 * minute)
  const rotated = await api.send('POST', '/signing-keys/rotate')
  assert.equal(rotated.status, 200)
  assert.equal(rotated.body.rotatesAt, at(10 * minute))
  assert.deepEqual(rotated.body, await list(api))
  const again = await api.send('POST', '/signing-keys/rotate')
  assert.equal(again.status, 409)
  assert.match(again.body.detail, /2026-01-01T00:10:00.000Z/)
  api.clock.advance(7 * minute)
  const { keys } = await list(api)
  assert.deepEqual(
    keys.map(({ kid, state }) => [kid, state]),
    [
      [keys[0]?.kid, 'next'],
      [next?.kid, 'current'],
      [current?.kid, 'previous'],
    ],
  )
  assert.equal(keys[2]?.verifiesUntil, at((10 + 12 * 60 + 5) * minute))
})

apiTest('private keys are in no answer', async api => {
  for (const path of ['/signing-keys', oauthPaths.jwks]) {
    const text = JSON.stringify((await api.send('GET', path)).body)
    assert.doesNotMatch(text, /"d"|private/i, path)
  }
})

apiTest('only a key that there is can be revoked', async api => {
  const [, current] = (await list(api)).keys
  for (const kid of ['nothing', '__proto__', '%27%20or%201=1', 'x'.repeat(100)]) {
    assert.equal((await api.send('DELETE', `/signing-keys/${kid}`)).status, 404, kid)
  }
  assert.equal((await api.send('DELETE', `/signing-keys/${current?.kid}`)).status, 204)
  assert.equal((await api.send('DELETE', `/signing-keys/${current?.kid}`)).status, 404)
  assert.equal((await list(api)).keys.length, 2)
})
