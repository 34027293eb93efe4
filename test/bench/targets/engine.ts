import { type EngineFlow, engineFlows, writeFlow } from '../engine/flows.ts'
import { probe } from '../load.ts'
import { clientId, clientSecret, setUpFlow, startSluice } from '../sluice-server.ts'
import type { Target } from '../target.ts'

function engineTarget(flow: EngineFlow): Target {
  const { name, title, body, answer, connections, warmUpSeconds } = flow
  return {
    name,
    title,
    ...(warmUpSeconds !== undefined && { warmUpSeconds }),
    async start({ serverCore, directory }) {
      const server = await startSluice(serverCore, `${directory}/${name}`)
      await setUpFlow(server, name, await writeFlow(flow, directory))
      const request = {
        url: `${server.url}/http/${name}`,
        method: 'POST' as const,
        headers: {
          authorization: `Bearer ${await server.tenant.issueToken(clientId, clientSecret)}`,
          'content-type': 'application/octet-stream',
        },
        body,
        check(found: string) {
          if (!found.includes(answer)) throw new Error(`Expected "${answer}", found "${found.slice(0, 200)}"`)
        },
        ...(connections !== undefined && { connections }),
      }
      await probe(request)
      return { process: server.process, request }
    },
  }
}

/** Token and role checked, the steps run, message processing log written. */
export const engineTargets: readonly Target[] = engineFlows.map(engineTarget)
