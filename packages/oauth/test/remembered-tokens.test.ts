import assert from 'node:assert/strict'
import { test } from 'node:test'
import { application, World } from './world.ts'

/** As many as the validator remembers. */
const tokensMax = 10_000

test('a token that is revoked is refused, also when it was forgotten among others and read again', async () => {
  const world = new World().register(application())
  const isAccepted = async (text: string) => (await world.validate(text)).accepted
  const token = await world.token('orders')
  await world.validate(token)
  for (let count = 0; count < tokensMax; count++) await world.validate(await world.token('orders'))
  const others = [await world.token('orders'), await world.token('orders', '&token_format=jwt')]
  for (const text of [token, ...others]) assert.equal(await isAccepted(text), true)
  world.deleteToken(token)
  assert.equal(await isAccepted(token), false)
  for (const text of others) assert.equal(await isAccepted(text), true)
})
