import type { Exchange, Plan, RunResult } from '@sluice/iflow'
import { type LocalDeployment, prepareDeployment } from '../../local/deployment.ts'
import { LocalTenant, type LocalTraceEvent } from '../../local/local-tenant.ts'
import { describeDiagnostic } from '../../runtime/build-flow.ts'
import { openMemoryStore } from '../../store/open.ts'
import { CommandError } from '../line/errors.ts'
import { openHosts } from './hosts.ts'

/**
 * Runs one message through a process of a flow of the deployment, in a tenant that has nothing but the deployment. HTTP
 * and Mail receivers reach the real systems. `observe` is told about every step, with copies of the message. Throws `CommandError`
 * when something that the flows need cannot be made ready.
 */
export async function runMessage(
  deployment: LocalDeployment,
  plan: Plan,
  processId: string,
  exchange: Exchange,
  observe: ((event: LocalTraceEvent) => void) | undefined,
): Promise<RunResult> {
  const hosts = openHosts()
  const store = await openMemoryStore()
  try {
    const tenant = new LocalTenant({ hosts, deployment, store, observe })
    const unready = await prepareDeployment(deployment, tenant.ports)
    if (unready.length > 0) {
      throw new CommandError(unready.map(({ diagnostic }) => describeDiagnostic(diagnostic)).join('\n'))
    }
    return await tenant.run(plan, processId, exchange)
  } finally {
    await store.close()
    await hosts.close()
  }
}
