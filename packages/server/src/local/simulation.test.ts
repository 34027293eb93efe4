import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Exchange, openBundle } from '@sluice/iflow'
import { flowText } from '@sluice/iflow/testing'
import { openHosts } from '../cli/local/hosts.ts'
import { DeployedArtifacts } from '../runtime/deployed-artifacts.ts'
import { openMemoryStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import { Simulations } from './simulation.ts'

const manifest = 'Manifest-Version: 1.0\nBundle-SymbolicName: a\nBundle-Name: a\nBundle-Version: 1.0.0\n'
const round = flowText({
  processes: [
    {
      id: 'Main',
      nodes: [
        { id: 'Start', type: 'MessageStartEvent' },
        { id: 'Round', type: 'ExternalCall' },
      ],
      flows: [
        { from: 'Start', to: 'Round' },
        { from: 'Round', to: 'Round' },
      ],
    },
  ],
  channels: [{ step: 'Round', direction: 'Receiver', properties: { ComponentType: 'SFTP' } }],
})

let store: Store
const hosts = openHosts()
before(async () => {
  store = await openMemoryStore()
})
after(async () => {
  await hosts.close()
  await store.close()
})

const files = { 'META-INF/MANIFEST.MF': manifest, 'src/main/resources/a.iflw': round }

test('a simulation that nobody waits for any more ends at its next step', async () => {
  const real = { clock: { now: () => Date.now() }, hosts, others: new DeployedArtifacts(), store }
  const simulations = new Simulations(real, { countMax: 1, timeMsMax: 60_000, traceBytesMax: 1_000_000 })
  const gone = new AbortController()
  let calls = 0
  const answer = () => {
    calls += 1
    if (calls === 3) gone.abort()
    return { body: String(calls) }
  }
  const input = {
    opened: openBundle(new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))),
    parameters: new Map<string, string>(),
    from: undefined,
    to: undefined,
    message: new Exchange(),
    replies: { 'Channel-Round': answer },
  }
  const { outcome } = (await simulations.run(input, gone.signal)) ?? {}
  assert.deepEqual([outcome?.status, outcome?.failure?.code, calls], ['FAILED', 'cancelled', 3])
  // Its end is not waited for: the store of the simulation is closed then.
  await store.users.count()
  assert.equal(calls, 3)
})
