import {
  type Credentials,
  type Exchange,
  Failure,
  type Flows,
  type Keystore,
  type OutgoingMessage,
  type PartnerDirectory,
  type Plan,
  type Ports,
  type RunResult,
  startRun,
  type TraceEvent,
} from '@sluice/iflow'
import { settingDeclarations } from '../../config/settings.ts'
import { EndpointTable } from '../../runtime/endpoint-table.ts'
import { enginePorts } from '../../runtime/engine-ports.ts'
import { openHeavyWork } from '../../runtime/heavy-work.ts'
import { OutgoingHttp } from '../../runtime/http-client.ts'
import { messageGuid } from '../../runtime/message-guid.ts'

/** A compiled flow as the endpoint table keeps it. */
interface LocalFlow {
  readonly id: string
  readonly name: string
  readonly plan: Plan
  readonly entryPoints: Plan['entryPoints']
}

/** What a server allows by default. */
const outgoingLimits = {
  bodyBytesMax: settingDeclarations.receiverBodyBytesMax.default,
  connectionsMax: settingDeclarations.receiverConnectionsMax.default,
}

const noCredentials: Credentials = {
  find: async () => undefined,
  accessToken: async name => {
    const message = `Expected OAuth2 client credentials "${name}", found none: a run without a server has no credentials`
    throw new Failure(message, { code: 'credential' })
  },
}

const noKeystore: Keystore = {
  aliases: async () => [],
  certificates: async () => undefined,
  keyPair: async () => undefined,
}

const noPartners: PartnerDirectory = {
  stringParameter: async () => undefined,
  binaryParameter: async () => undefined,
  partnerId: async () => undefined,
  alternativePartnerId: async () => undefined,
  partnerIdOfAuthorizedUser: async () => undefined,
  authorizedUsers: async () => [],
}

/** A step of one of the runs that a message caused. */
export interface LocalTraceEvent extends TraceEvent {
  /** 1 for the run that was asked for, then one for each ProcessDirect call. */
  readonly run: number
  readonly flowId: string
}

/**
 * Runs one message through a process of the first plan. ProcessDirect calls reach the other plans, HTTP
 * receivers the real systems; there are no stored variables, number ranges, value mappings, partners and security material. `observe` is told about every step, with copies of the message.
 */
export async function runMessage(
  plans: readonly [Plan, ...Plan[]],
  processId: string,
  exchange: Exchange,
  observe: ((event: LocalTraceEvent) => void) | undefined,
): Promise<RunResult> {
  const table = new EndpointTable<LocalFlow>()
  for (const plan of plans) {
    table.put({ id: plan.flowId, name: plan.flowName, plan, entryPoints: plan.entryPoints })
  }
  const clock = {
    now: () => Date.now(),
    sleep: (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms)),
  }
  const nothingStored = {
    variables: { read: async () => undefined },
    numberRanges: { take: async () => undefined },
    dataStores: { find: async () => undefined, select: async () => [], apply: async () => {} },
    queues: { put: async (message: OutgoingMessage) => message.access },
    processedMessages: { contains: async () => false, add: async () => {} },
  }
  let runs = 0
  const observerOf = ({ flowId }: Plan, run: number) =>
    observe && { snapshots: true, observe: (event: TraceEvent) => observe({ ...event, run, flowId }) }
  const start = async (plan: Plan, process: string, message: Exchange, correlationId?: string): Promise<RunResult> => {
    const guid = messageGuid(clock.now())
    const observer = observerOf(plan, ++runs)
    return startRun(plan, process, message, {
      ports,
      messageGuid: guid,
      correlationId: correlationId ?? guid,
      ...(observer ? { observer } : {}),
    })
  }
  const flows: Flows = {
    async call(address, message, { correlationId }) {
      const found = table.findDirect(address)
      if (!found) {
        throw new Failure(
          `Expected a flow with ProcessDirect address "${address}" among the artifacts on the command line, found none`,
          { code: 'no-consumer' },
        )
      }
      const result = await start(found.owner.plan, found.entry.processId, found.entry.receive(message), correlationId)
      if (result.failure) throw result.failure
      return result.exchange
    },
  }
  const http = new OutgoingHttp(outgoingLimits)
  const heavyWork = openHeavyWork()
  const valueMappings = { lookup: async () => undefined }
  const world = {
    store: nothingStored,
    clock,
    http,
    credentials: noCredentials,
    keystore: noKeystore,
    partnerDirectory: noPartners,
    heavyWork,
    valueMappings,
  }
  const ports: Ports = { ...enginePorts(world), flows }
  try {
    return await start(plans[0], processId, exchange, undefined)
  } finally {
    http.close()
    await heavyWork.close()
  }
}
