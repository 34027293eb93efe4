import { type LoopFigures, loopFigures, loopProbeArgs } from '@sluice/server/testing'
import { writeFlow } from '../engine/flows.ts'
import { type StallFlow, stallFlows } from '../engine/stall-flows.ts'
import { messageOf } from '../rounds.ts'
import { clientId, clientSecret, type SluiceServer, setUpFlow, startSluice } from '../sluice-server.ts'
import type { Place } from '../target.ts'

/** How long messages of one size held the event loop at most: the first one, and those after it. */
export interface StallResult {
  readonly name: string
  readonly megabytes: number
  readonly deploy?: LoopFigures
  readonly first?: LoopFigures
  readonly message?: LoopFigures
  readonly problem?: string
}

/** Each flow in a server of its own; a message at a time, so that what is found is one message's. */
export async function measureStalls(
  only: ReadonlySet<string>,
  rounds: number,
  place: Place,
  say: (progress: string) => void,
): Promise<readonly StallResult[]> {
  const results: StallResult[] = []
  for (const flow of stallFlows.filter(({ name }) => only.has(name))) {
    say(`stalls: ${flow.name}`)
    const server = await startSluice(place.serverCore, `${place.directory}/stalls-${flow.name}`, loopProbeArgs)
    try {
      const { child } = server.process
      await loopFigures(child)
      await setUpFlow(server, flow.name, await writeFlow({ ...flow, title: '', body: '', answer: '' }, place.directory))
      const deploy = await loopFigures(child)
      for (const megabytes of [1, 10]) {
        const failed = (error: unknown) => ({ name: flow.name, megabytes, problem: messageOf(error) })
        results.push({ ...(await measureSize(flow, megabytes, rounds, server).catch(failed)), deploy })
      }
    } catch (error) {
      results.push({ name: flow.name, megabytes: 0, problem: messageOf(error) })
    } finally {
      await server.process.stop()
    }
  }
  return results
}

async function measureSize(
  { name, body }: StallFlow,
  megabytes: number,
  rounds: number,
  { url, tenant, process: { child } }: SluiceServer,
): Promise<StallResult> {
  const headers = {
    authorization: `Bearer ${await tenant.issueToken(clientId, clientSecret)}`,
    'content-type': 'application/octet-stream',
  }
  const content = body(megabytes * 1_000_000)
  const figures: LoopFigures[] = []
  for (let round = 0; round <= rounds; round += 1) {
    await loopFigures(child)
    const response = await fetch(`${url}/http/${name}`, { method: 'POST', headers, body: content })
    const text = await response.text()
    if (!response.ok) throw new Error(`Expected 2xx, found ${response.status} ${text.slice(0, 200)}`)
    figures.push(await loopFigures(child))
  }
  const [first, ...others] = figures
  const message = {
    cpuMs: Math.max(...others.map(({ cpuMs }) => cpuMs)),
    delayMs: Math.max(...others.map(({ delayMs }) => delayMs)),
  }
  return { name, megabytes, message, ...(first && { first }) }
}
