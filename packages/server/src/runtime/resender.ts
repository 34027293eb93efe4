import { type DirectEntryPoint, Exchange, type HttpEntryPoint, type RunResult } from '@sluice/iflow'
import type { EndpointTable } from './endpoint-table.ts'
import type { FlowRunner, RunningFlow } from './flow-runner.ts'

/** A message to be processed once more. */
export interface ResentMessage {
  /** ID of the message that it was. */
  readonly messageGuid: string
  readonly correlationId: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Where a flow takes messages in: the address of an HTTPS or ProcessDirect sender. */
export interface Entrance {
  readonly flow: RunningFlow
  readonly entry: HttpEntryPoint | DirectEntryPoint
}

export interface ResenderOptions {
  readonly table: Pick<EndpointTable<RunningFlow>, 'get'>
  readonly runner: Pick<FlowRunner, 'run'>
  readonly publicUrl: () => string
  /** Resolves when message logs may be produced again. */
  readonly drained: () => Promise<void>
}

const contextPath = '/http'

/** Has deployed flows process messages again that they have kept. */
export class Resender {
  readonly #options: ResenderOptions

  constructor(options: ResenderOptions) {
    this.#options = options
  }

  /** Empty for a flow that is not started, or takes its messages in otherwise. */
  entrancesOf(flowId: string): Entrance[] {
    const flow = this.#options.table.get(flowId)
    if (!flow) return []
    return flow.entryPoints.flatMap(entry =>
      entry.kind === 'http' || entry.kind === 'direct' ? [{ flow, entry }] : [],
    )
  }

  /**
   * Sends a message as its sender did, in the name of `user`, and waits for the end of the run. The run is a message of its own, with
   * the correlation ID of the one that it was and a custom header that names it.
   */
  async resend({ flow, entry }: Entrance, message: ResentMessage, user: string): Promise<RunResult> {
    const exchange = entry.kind === 'http' ? this.#received(entry, message, user) : entry.receive(exchangeOf(message))
    const { correlationId, messageGuid } = message
    const result = await this.#options.runner.run(flow, entry, exchange, { correlationId, resentFrom: messageGuid })
    await this.#options.drained()
    return result
  }

  #received(entry: HttpEntryPoint, { headers, body }: ResentMessage, user: string): Exchange {
    return entry.receive({
      method: headers.CamelHttpMethod ?? 'POST',
      url: `${this.#options.publicUrl()}${contextPath}${entry.address}`,
      contextPath,
      path: entry.prefix && headers.CamelHttpPath ? `${entry.address}/${headers.CamelHttpPath}` : entry.address,
      // Its parameters are headers already.
      query: '',
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
      body,
      user,
    })
  }
}

function exchangeOf({ headers, body }: ResentMessage): Exchange {
  return new Exchange({ headers: Object.entries(headers), body })
}
