import { setTimeout as sleep } from 'node:timers/promises'
import { clientId, clientSecret, setUpHello, startSluice } from '../sluice-server.ts'
import { quantile } from '../statistics.ts'
import type { Place } from '../target.ts'

const deployments = 50
const waitSecondsMax = 10

export interface DeployResult {
  readonly deployments: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** From the request to deploy over the OData API until the flow's endpoint, absent before, answers. */
export async function measureDeploy(place: Place, say: (progress: string) => void): Promise<DeployResult> {
  say('deploy: starting Sluice')
  const server = await startSluice(place.serverCore, `${place.directory}/deploy`)
  await setUpHello(server)
  const token = await server.tenant.issueToken(clientId, clientSecret)
  const call = async () => {
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`${server.url}/http/hello`, { method: 'POST', headers, body: 'Hi' })
    await response.arrayBuffer()
    return response.status
  }
  const times: number[] = []
  for (let count = 1; count <= deployments; count++) {
    say(`deploy ${count} of ${deployments}`)
    await server.tenant.undeploy('hello')
    await untilStatus(404, call, 5)
    const began = performance.now()
    await server.tenant.startDeploy('hello')
    await untilStatus(200, call, 0)
    times.push(performance.now() - began)
  }
  await server.process.stop()
  return { deployments, p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99) }
}

async function untilStatus(expected: number, call: () => Promise<number>, pauseMs: number): Promise<void> {
  const deadline = performance.now() + waitSecondsMax * 1000
  for (;;) {
    const found = await call()
    if (found === expected) return
    if (performance.now() > deadline) {
      throw new Error(`Expected ${expected} within ${waitSecondsMax} s, found ${found} to the end`)
    }
    if (pauseMs > 0) await sleep(pauseMs)
  }
}
