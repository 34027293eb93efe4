import assert from 'node:assert/strict'
import { deployment, storeTest, task } from './each-database.test.ts'
import type { RunningContent, Store } from './store.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function running(id: string, text: string): RunningContent {
  return {
    id,
    content: bytes(text),
    parameters: new Map([
      ['host', text],
      ['__proto__', 'x'],
    ]),
  }
}

const runningTexts = async ({ deployments }: Store) =>
  (await deployments.running()).map(({ id, content }) => `${id}: ${new TextDecoder().decode(content)}`)

storeTest('a deployment is there from its first moment, and runs when it succeeded', async store => {
  const { deployments } = store
  await deployments.begin(deployment('orders', 10), task('t1', 'orders', 10))
  assert.equal((await deployments.find('orders'))?.status, 'STARTING')
  assert.deepEqual(await deployments.findTask('t1'), task('t1', 'orders', 10))
  assert.deepEqual(await deployments.running(), [])
  await deployments.succeed('orders', 't1', running('orders', 'v1'))
  assert.deepEqual(await deployments.find('orders'), { ...deployment('orders', 10), status: 'STARTED' })
  assert.equal((await deployments.findTask('t1'))?.status, 'SUCCESS')
  const [only] = await deployments.running()
  assert.deepEqual(only && { ...only, content: new Uint8Array(only.content) }, running('orders', 'v1'))
})

storeTest('a failed try says why, and what ran before stays what a restart starts', async store => {
  const { deployments } = store
  await deployments.begin(deployment('orders', 10), task('t1', 'orders', 10))
  await deployments.succeed('orders', 't1', running('orders', 'v1'))
  await deployments.begin(deployment('orders', 20), task('t2', 'orders', 20))
  await deployments.fail('orders', 't2', 'Expected …\nfound …')
  assert.deepEqual(await deployments.find('orders'), {
    ...deployment('orders', 20),
    status: 'ERROR',
    error: 'Expected …\nfound …',
  })
  assert.equal((await deployments.findTask('t2'))?.status, 'FAIL')
  assert.deepEqual(await runningTexts(store), ['orders: v1'])
  await deployments.begin(deployment('orders', 30), task('t3', 'orders', 30))
  assert.equal((await deployments.find('orders'))?.error, undefined)
  await deployments.succeed('orders', 't3', running('orders', 'v3'))
  assert.deepEqual(await runningTexts(store), ['orders: v3'])
})

storeTest('a restart starts in the order of successful deployment', async store => {
  for (const [id, at] of [
    ['b', 10],
    ['a', 20],
    ['c', 15],
  ] as const) {
    await store.deployments.begin(deployment(id, at), task(id, id, at))
    await store.deployments.succeed(id, id, running(id, 'v1'))
  }
  await store.deployments.begin(deployment('b', 30), task('b2', 'b', 30))
  await store.deployments.fail('b', 'b2', 'no')
  assert.deepEqual(await runningTexts(store), ['b: v1', 'c: v1', 'a: v1'])
})

storeTest('what is undeployed while it starts does not come back', async store => {
  const { deployments } = store
  await deployments.begin(deployment('orders', 10), task('t1', 'orders', 10))
  assert.equal(await deployments.delete('orders'), true)
  assert.equal(await deployments.delete('orders'), false)
  assert.equal((await deployments.findTask('t1'))?.status, 'FAIL')
  assert.equal(await deployments.succeed('orders', 't1', running('orders', 'v1')), false)
  assert.equal(await deployments.find('orders'), undefined)
  assert.deepEqual(await runningTexts(store), [])
  assert.equal((await deployments.findTask('t1'))?.status, 'FAIL')
})

storeTest('a task that was undeployed does not come back with the next deployment', async store => {
  const { deployments } = store
  await deployments.begin(deployment('orders', 10), task('t1', 'orders', 10))
  await deployments.delete('orders')
  await deployments.begin(deployment('orders', 20), task('t2', 'orders', 20))
  assert.equal(await deployments.succeed('orders', 't1', running('orders', 'v1')), false)
  assert.deepEqual(await runningTexts(store), [])
  assert.equal((await deployments.find('orders'))?.status, 'STARTING')
  assert.equal(await deployments.succeed('orders', 't2', running('orders', 'v2')), true)
  assert.deepEqual(await runningTexts(store), ['orders: v2'])
})

storeTest('of two deployments the row says how the second goes', async store => {
  const { deployments } = store
  await deployments.begin(deployment('orders', 10), task('t1', 'orders', 10))
  await deployments.begin(deployment('orders', 20), task('t2', 'orders', 20))
  assert.equal(await deployments.succeed('orders', 't1', running('orders', 'v1')), true)
  assert.equal((await deployments.find('orders'))?.status, 'STARTING')
  assert.deepEqual(await runningTexts(store), ['orders: v1'])
  await deployments.fail('orders', 't2', 'no')
  assert.deepEqual(
    [(await deployments.find('orders'))?.status, (await deployments.findTask('t1'))?.status],
    ['ERROR', 'SUCCESS'],
  )
  assert.deepEqual(await runningTexts(store), ['orders: v1'])
})

storeTest('what a dead process left half deployed has failed, and what ran before stays', async store => {
  const { deployments } = store
  await deployments.begin(deployment('a', 10), task('t1', 'a', 10))
  await deployments.succeed('a', 't1', running('a', 'v1'))
  await deployments.begin(deployment('a', 20), task('t2', 'a', 20))
  await deployments.begin(deployment('b', 30), task('t3', 'b', 30))
  await deployments.succeed('b', 't3', running('b', 'v1'))
  assert.equal(await deployments.failUnfinished('The server stopped'), 1)
  assert.equal(await deployments.failUnfinished('The server stopped'), 0)
  const { status, error } = (await deployments.find('a')) ?? {}
  assert.deepEqual({ status, error }, { status: 'ERROR', error: 'The server stopped' })
  assert.equal((await deployments.findTask('t2'))?.status, 'FAIL')
  assert.equal((await deployments.findTask('t3'))?.status, 'SUCCESS')
  assert.deepEqual(await runningTexts(store), ['a: v1', 'b: v1'])
})

storeTest('tasks are forgotten after a day', async ({ deployments }) => {
  const day = 86_400_000
  await deployments.begin(deployment('orders', 10), task('t1', 'orders', 10))
  await deployments.begin(deployment('returns', 11), task('t2', 'returns', 11))
  await deployments.begin(deployment('orders', day + 11), task('t3', 'orders', day + 11))
  assert.equal(await deployments.findTask('t1'), undefined)
  assert.ok(await deployments.findTask('t2'))
})

storeTest('each step is announced', async ({ deployments, changes }) => {
  const heard: string[] = []
  changes.on('deployments', key => heard.push(key))
  await deployments.begin(deployment('a', 10), task('t1', 'a', 10))
  await deployments.fail('a', 't1', 'no')
  await deployments.delete('a')
  await deployments.delete('a')
  assert.deepEqual(heard, ['a', 'a', 'a'])
})
