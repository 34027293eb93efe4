import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DirectEntryPoint, EntryPoint, HttpEntryPoint, TimerEntryPoint } from '@sluice/iflow'
import { EndpointTable } from './endpoint-table.ts'

const http = (address: string): HttpEntryPoint => ({
  kind: 'http',
  channelId: 'MessageFlow_1',
  processId: 'Process_1',
  protocol: 'REST',
  address: address.replace(/\/\*$/, ''),
  prefix: address.endsWith('/*'),
  role: 'ESBMessaging.send',
  csrfProtected: false,
  bodyBytesMax: 1,
  receive: () => assert.fail('not called'),
  reply: () => assert.fail('not called'),
})

const direct = (address: string): DirectEntryPoint => ({
  kind: 'direct',
  channelId: 'MessageFlow_2',
  processId: 'Process_1',
  address,
  receive: () => assert.fail('not called'),
})

type Addressed = HttpEntryPoint | DirectEntryPoint

const timer: TimerEntryPoint = {
  kind: 'timer',
  stepId: 'Start',
  processId: 'Process_1',
  firesOnDeployment: true,
  schedules: [],
  failsWhenOver: false,
  receive: () => assert.fail('not called'),
}

const flow = (id: string, ...entryPoints: EntryPoint[]) => ({ id, name: id, entryPoints })

test('a path leads to the flow whose address it names', async t => {
  const table = new EndpointTable()
  table.put(flow('Exact', http('/Orders')))
  table.put(flow('Below', http('/files/*')))
  table.put(flow('Deeper', http('/docs/a.b-c_d~e/*')))
  const cases: ReadonlyArray<[path: string, flow: string | undefined]> = [
    ['/Orders', 'Exact'],
    ['/orders', 'Exact'],
    ['/ORDERS', 'Exact'],
    ['/%4Frders', 'Exact'],
    ['/orders/1', undefined],
    ['/orders/', undefined],
    ['/files', 'Below'],
    ['/Files/2026/a.txt', 'Below'],
    ['/filesystem', undefined],
    ['/docs/A.B-C_D~E/x', 'Deeper'],
    ['/docs', undefined],
    ['/%E0%A4%A', undefined],
    ['', undefined],
  ]
  for (const [path, expected] of cases) {
    await t.test(path || '(empty)', () => assert.equal(table.findHttp(path)?.owner.id, expected))
  }
})

test('a second flow cannot take an address that is taken', async t => {
  const cases: ReadonlyArray<[held: Addressed, wanted: Addressed, conflict: boolean]> = [
    [http('/a'), http('/A'), true],
    [http('/a'), http('/a/b'), false],
    [http('/a/*'), http('/a/b'), true],
    [http('/a/b'), http('/a/*'), true],
    [http('/a/*'), http('/ab'), false],
    [direct('/a'), direct('a'), true],
    [direct('/a'), direct('/A'), false],
    [direct('/a'), http('/a'), false],
  ]
  for (const [held, wanted, conflict] of cases) {
    await t.test(`${held.kind} ${held.address} and ${wanted.kind} ${wanted.address}`, () => {
      const table = new EndpointTable()
      table.put(flow('Holder', held))
      const expected = conflict ? [{ address: wanted.address, heldBy: 'Holder' }] : []
      assert.deepEqual(table.conflicts(flow('Other', wanted)), expected)
      assert.deepEqual(table.conflicts(flow('Holder', wanted)), [], 'the same flow may be deployed again')
    })
  }
  await t.test('one flow naming an address twice', () =>
    assert.deepEqual(new EndpointTable().conflicts(flow('Twice', http('/a'), http('/a'))), [
      { address: '/a', heldBy: 'Twice' },
    ]),
  )
})

test('deploying a flow again replaces its addresses in one step, and undeploying frees them', () => {
  const table = new EndpointTable()
  table.put(flow('F', http('/old'), direct('/d')))
  table.put(flow('F', http('/new')))
  assert.equal(table.findHttp('/old'), undefined)
  assert.equal(table.findDirect('d'), undefined)
  assert.equal(table.findHttp('/new')?.owner.id, 'F')
  assert.equal(table.delete('F'), true)
  assert.equal(table.findHttp('/new'), undefined)
  assert.equal(table.delete('F'), false)
})

test('timers have no address, and never stand in the way', () => {
  const table = new EndpointTable()
  table.put(flow('A', timer, http('/a')))
  assert.deepEqual(table.conflicts(flow('B', timer, timer)), [])
  table.put(flow('B', timer))
  assert.equal(table.findHttp('/a')?.owner.id, 'A')
})
