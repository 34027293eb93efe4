import { setTimeout as sleep } from 'node:timers/promises'
import { waitUntil } from '../server-process.ts'
import { clientId, clientSecret, setUpHello, spawnSluice } from '../sluice-server.ts'
import { median } from '../statistics.ts'
import type { Place } from '../target.ts'

const starts = 5

export interface StartResult {
  readonly starts: number
  /** From spawn to the first token, the client being created on the way: median of new data directories, in milliseconds. */
  readonly firstMs: number
  /** From spawn to the first token with the client, the role and the deployed flow there already: median. */
  readonly againMs: number
  /** One second after that token: median. */
  readonly residentBytes: number
}

/** Starts Sluice on new data directories, and on each of them once more. The process has one core. */
export async function measureStart(place: Place, say: (progress: string) => void): Promise<StartResult> {
  const first: number[] = []
  const again: number[] = []
  const resident: number[] = []
  for (let count = 1; count <= starts; count++) {
    say(`start ${count} of ${starts}`)
    const data = `${place.directory}/start-${count}`
    first.push((await firstStart(place.serverCore, data)).ms)
    const second = await nextStart(place.serverCore, data)
    again.push(second.ms)
    resident.push(second.residentBytes)
  }
  return { starts, firstMs: median(first), againMs: median(again), residentBytes: median(resident) }
}

async function firstStart(core: number, data: string): Promise<{ ms: number }> {
  const began = performance.now()
  const server = await spawnSluice(core, data)
  await waitUntil(async () => (await fetch(`${server.url}/readyz`)).ok, server.process)
  await server.tenant.createClient({ id: 'first', secret: clientSecret, subscription: 'deviflmap' })
  await server.tenant.issueToken('first', clientSecret)
  const ms = performance.now() - began
  await setUpHello(server)
  await server.process.stop()
  return { ms }
}

async function nextStart(core: number, data: string): Promise<{ ms: number; residentBytes: number }> {
  const began = performance.now()
  const server = await spawnSluice(core, data)
  await waitUntil(() => server.tenant.issueToken(clientId, clientSecret).then(() => true), server.process)
  const ms = performance.now() - began
  await sleep(1000)
  const residentBytes = server.process.residentBytes()
  await server.process.stop()
  return { ms, residentBytes }
}
