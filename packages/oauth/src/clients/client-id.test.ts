import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientIdOfUser, isClientId, oauthClientUser } from './client-id.ts'

const cases: [id: string, allowed: boolean][] = [
  ['orders', true],
  ['sac-hub_demo.v1~x', true],
  ['7f9c24e5-2b5a-3d1c-9a0e-0b2c4d6e8f10', true],
  ['x'.repeat(128), true],
  ['x'.repeat(129), false],
  ['', false],
  ['a:b', false],
  ['a b', false],
  ['ä', false],
  ['orders\n', false],
]

for (const [id, allowed] of cases) {
  test(`${JSON.stringify(id)} is ${allowed ? 'a' : 'no'} client ID`, () => assert.equal(isClientId(id), allowed))
}

test('a client acts as the user oauth_client_<id>, and only such users have a client', () => {
  assert.equal(oauthClientUser('orders'), 'oauth_client_orders')
  assert.equal(clientIdOfUser('oauth_client_orders'), 'orders')
  assert.equal(clientIdOfUser('orders'), undefined)
})
