import assert from 'node:assert/strict'
import { deployment, storeTest, task } from './each-database.test.ts'
import type { Store } from './store.ts'

const at = (tick: number, stepId = 'Start') => ({ flowId: 'orders', stepId, tick })

async function deploy({ deployments }: Pick<Store, 'deployments'>, taskId = 'task'): Promise<void> {
  await deployments.begin(deployment('orders', 0), task(taskId, 'orders', 0))
}

storeTest('a tick is claimed once, however many ask for it', async store => {
  await deploy(store)
  const claims = await Promise.all(Array.from({ length: 10 }, () => store.timerTicks.claim(at(5), 5, 5)))
  assert.equal(claims.filter(claimed => claimed).length, 1)
  assert.equal(await store.timerTicks.claim(at(5), 6, 6), false, 'neither later')
  assert.equal(await store.timerTicks.claim(at(4), 6, 6), false, 'nor an earlier one')
  assert.equal(await store.timerTicks.claim(at(5, 'Other'), 5, 5), true, 'another timer has ticks of its own')
})

storeTest(
  'no tick is claimed while a run is under way or its server may be alive',
  async ({ timerTicks, deployments }) => {
    await deploy({ deployments })
    assert.equal(await timerTicks.claim(at(10), 10, 40), true)
    assert.equal(await timerTicks.claim(at(20), 20, 50), false)
    await timerTicks.extend(at(10), 60)
    assert.equal(await timerTicks.claim(at(50), 50, 90), false)
    await timerTicks.release(at(10))
    assert.equal(await timerTicks.claim(at(51), 51, 91), true)
    assert.equal(await timerTicks.claim(at(91), 91, 121), true, 'the server that ran the last one is gone')
    await timerTicks.release(at(51))
    assert.equal(await timerTicks.claim(at(92), 92, 122), false, 'a run that ends late does not end another')
  },
)

storeTest('ticks are forgotten, and go with the deployment', async store => {
  await deploy(store)
  await store.timerTicks.claim(at(10), 10, 40)
  await store.timerTicks.forget('orders')
  assert.equal(await store.timerTicks.claim(at(9), 9, 39), true)
  await store.deployments.delete('orders')
  assert.equal(await store.timerTicks.claim(at(50), 50, 80), false, 'not deployed')
  await deploy(store, 'another task')
  assert.equal(await store.timerTicks.claim(at(1), 1, 1), true)
})
