import type { Channel } from '../bpmn/model.ts'
import type { Receiver } from '../compile/adapter.ts'
import type { EntryPoint } from '../compile/entry-point.ts'
import type { Registry, StandIn } from '../compile/registry.ts'
import type { HttpAnswer, HttpCall } from '../ports.ts'
import { Body } from '../run/body.ts'
import type { Exchange } from '../run/exchange.ts'
import { Failure } from '../run/failure.ts'
import type { RunScope } from '../run/scope.ts'

/** A flow called a receiver. */
export interface ReceiverCall {
  readonly channel: Channel
  /** The message as the channel got it. */
  readonly exchange: Exchange
  /** What would have been sent, for adapters that speak HTTP; one that tries again makes several calls. */
  readonly request: HttpCall | undefined
  /** The run that called. */
  readonly scope: RunScope
}

/** What a mocked receiver answers. */
export interface ReceiverAnswer {
  /** Default 200. Adapters that speak HTTP do with it what they do; for others 300 and above is a failure. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Without one the body stays as it was; over HTTP it is empty. */
  readonly body?: string | Uint8Array
  /** The text of a failure instead of an answer: no connection, over HTTP. */
  readonly failure?: string
}

/** Undefined: there is no answer, and the calling step fails. */
export type AnswerCall = (call: ReceiverCall) => ReceiverAnswer | undefined | Promise<ReceiverAnswer | undefined>

/** Which channels are mocked, and how they answer. */
export interface MockOptions {
  /** Asked about each channel when a flow is compiled. Senders keep what their own adapter makes of them, if it does. */
  readonly isMocked: (channel: Channel) => boolean
  readonly answer: AnswerCall
}

/**
 * The registry with mocks in place of channels, whatever their adapter: one that does not exist is no mistake of the flow any
 * more. A receiver whose adapter speaks HTTP stays, and its requests are answered; so status codes, allowed headers and
 * retries count. Any other receiver is replaced. A sender without an adapter takes messages as they are.
 */
export function mockChannels(registry: Registry, { isMocked, answer }: MockOptions): Registry {
  const speakingHttp = new Set(registry.adapters.flatMap(({ type, receiver }) => (receiver?.speaksHttp ? [type] : [])))
  return {
    ...registry,
    standIn: channel => (isMocked(channel) ? standInFor(channel, answer, speakingHttp) : registry.standIn?.(channel)),
  }
}

function standInFor(channel: Channel, answer: AnswerCall, speakingHttp: ReadonlySet<string>): StandIn {
  return {
    receiver: live =>
      live !== undefined && speakingHttp.has(channel.componentType)
        ? answerRequests(channel, live, answer)
        : replace(channel, answer),
    sender: (live, processId) => live ?? openEntry(channel, processId),
  }
}

/** The channel's own adapter, on a network where only `answer` answers. */
function answerRequests(channel: Channel, live: Receiver, answer: AnswerCall): Receiver {
  return (exchange, scope) => {
    const send = async (request: HttpCall): Promise<HttpAnswer> => {
      const given = await answered(answer, { channel, exchange: exchange.copy(), request, scope })
      if (given.failure !== undefined) throw new Failure(given.failure, { code: 'connection', retry: 'later' })
      const { status = 200, headers = {}, body = '' } = given
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
      return { status, statusText: '', headers: Object.entries(headers), body: bytes }
    }
    return live(exchange, withHttp(scope, { send }))
  }
}

function replace(channel: Channel, answer: AnswerCall): Receiver {
  return async (exchange, scope) => {
    const {
      status = 200,
      headers = {},
      body,
      failure,
    } = await answered(answer, {
      channel,
      exchange: exchange.copy(),
      request: undefined,
      scope,
    })
    if (failure !== undefined) throw new Failure(failure, { code: 'receiver', retry: 'later' })
    if (status >= 300) {
      throw new Failure(`The receiver of ${describe(channel)} answered with status ${status}.`, {
        code: 'receiver-status',
        retry: status >= 500 ? 'later' : 'never',
      })
    }
    if (body !== undefined) exchange.body = Body.of(body)
    for (const [name, value] of Object.entries(headers)) exchange.headers.set(name, value)
  }
}

async function answered(answer: AnswerCall, call: ReceiverCall): Promise<ReceiverAnswer> {
  const given = await answer(call)
  if (given !== undefined) return given
  throw new Failure(`Expected an answer for ${describe(call.channel)}, found none.`, { code: 'receiver' })
}

function describe({ id, name, componentType }: Channel): string {
  return `receiver channel "${name || id}" (${componentType || 'no adapter'})`
}

/** An address that no ProcessDirect channel can have. */
function openEntry({ id }: Channel, processId: string): EntryPoint {
  return {
    kind: 'direct',
    channelId: id,
    processId,
    address: `mock:${id}`,
    receive: exchange => exchange.copy(),
  }
}

/** The scope with another network. A scope's own methods need the scope they came with. */
function withHttp(scope: RunScope, http: RunScope['ports']['http']): RunScope {
  return {
    ports: { ...scope.ports, http },
    flowId: scope.flowId,
    messageGuid: scope.messageGuid,
    correlationId: scope.correlationId,
    logLevel: scope.logLevel,
    callDepth: scope.callDepth,
    log: scope.log,
    concurrency: scope.concurrency,
    call: (process, exchange) => scope.call(process, exchange),
    branchOff: subRun => scope.branchOff(subRun),
    onCompletion: change => scope.onCompletion(change),
    failLater: failure => scope.failLater(failure),
  }
}
