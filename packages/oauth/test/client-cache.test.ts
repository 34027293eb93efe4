import assert from 'node:assert/strict'
import { test } from 'node:test'
import { application, World } from './world.ts'

/** Why a token is refused; `accepted` when it is not. */
async function stateOf(world: World, token: string): Promise<string> {
  const verdict = await world.validate(token)
  return verdict.accepted ? 'accepted' : verdict.state
}

test('a token learns of changes of its client, also when 10,000 others were used since', async () => {
  const world = new World().register(application())
  const token = await world.token('orders')
  assert.equal(await stateOf(world, token), 'accepted')
  for (let index = 0; index < 10_000; index++) {
    const id = `client-${index}`
    world.clients.set(id, { client: application({ id }), secrets: [] })
    await world.context.findClient(id)
  }
  world.register(application({ subscription: 'devtmn' }))
  assert.equal(await stateOf(world, token), 'other_subscription')
})

for (const id of ['orders', '']) {
  test(`a client that is read while ${id === '' ? 'clients change' : 'it changes'} is read again`, async () => {
    const world = new World().register(application())
    const token = await world.token('orders')
    world.context.forgetClient(id)
    const reading = world.context.findClient('orders')
    world.clients.set('orders', { client: application({ subscription: 'devtmn' }), secrets: [] })
    world.context.forgetClient(id)
    await reading
    assert.equal(await stateOf(world, token), 'other_subscription')
  })
}
