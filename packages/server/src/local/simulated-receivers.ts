import { asText, type HttpCall } from '@sluice/iflow'
import {
  MockedReceivers,
  type MockOptions,
  type ReceiverAnswer,
  type ReceiverCall,
  type ReceiverScript,
} from '@sluice/iflow/mocking'

/**
 * The receivers of a simulation, of whatever adapter: they answer as `scripts` says by ID or name of their channel. Any other
 * answers with what it got: "If you don't mock the response, the message payload from the previous steps is be considered"
 * (Simulation of an Integration Flow).
 */
export class SimulatedReceivers implements MockOptions {
  readonly #mocked: MockedReceivers
  readonly #callsMax: number
  /** The first ones, in their order. */
  readonly calls: ReceiverCall[] = []

  constructor(scripts: Readonly<Record<string, ReceiverScript>>, callsMax: number) {
    this.#mocked = new MockedReceivers(scripts)
    this.#callsMax = callsMax
  }

  isMocked(): boolean {
    return true
  }

  readonly answer = async (call: ReceiverCall): Promise<ReceiverAnswer | undefined> => {
    if (this.calls.length < this.#callsMax) this.calls.push(call)
    return this.#mocked.isMocked(call.channel) ? this.#mocked.answer(call) : echo(call)
  }
}

function echo({ request, exchange }: ReceiverCall): ReceiverAnswer {
  if (request === undefined) return {}
  const type = headerOf(request, 'content-type') ?? asText(exchange.headers.get('content-type'))
  return {
    body: request.body ?? exchange.body.bytes(exchange.charset),
    ...(type !== '' && { headers: { 'content-type': type } }),
  }
}

function headerOf({ headers }: HttpCall, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1]
}
