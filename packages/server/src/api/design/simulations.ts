import { Exchange } from '@sluice/iflow'
import type { ReceiverAnswer, ReceiverCall } from '@sluice/iflow/mocking'
import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { Problem } from '../../http/problem.ts'
import { audited, type Guard } from '../../http/route-description.ts'
import { keptLimits, type Simulation, type SimulationInput, UnknownElement } from '../../local/simulation.ts'
import { keptMessage, type SeenStep } from '../../runtime/step-recorder.ts'
import type { TracedMessage } from '../../store/store.ts'
import { openEdited } from './edited-artifact.ts'
import type { DesignApiOptions } from './options.ts'
import { simulationAnswer, simulationRequest } from './simulation-schema.ts'

type Body = FromSchema<typeof simulationRequest>
type Answer = FromSchema<typeof simulationAnswer>

/** `POST /simulations`: runs a message through a flow as it is being edited, without deploying it. */
export function registerSimulations(api: FastifyInstance, options: DesignApiOptions, guard: Guard): void {
  api.post<{ Body: Body }>(
    '/simulations',
    {
      ...audited(guard, false),
      schema: {
        tags: ['Design'],
        summary: 'Run a message through a flow that is being edited',
        body: simulationRequest,
        response: { 200: simulationAnswer },
      },
    },
    async (request, reply): Promise<Answer> => {
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const edited = await openEdited(request, request.body, options)
      const { from, to, message = {}, mocks = {} } = request.body
      const replies = Object.fromEntries(
        Object.entries(mocks).map(([channel, given]) => [channel, [given].flat().map(answerOf)]),
      )
      const input = { ...edited, from, to, message: exchangeOf(message), replies }
      return render(await run(input, gone.signal, options))
    },
  )
}

async function run(
  input: SimulationInput,
  signal: AbortSignal,
  { simulations }: DesignApiOptions,
): Promise<Simulation> {
  try {
    const simulation = await simulations.run(input, signal)
    if (simulation) return simulation
  } catch (error) {
    if (!(error instanceof UnknownElement)) throw error
    throw new Problem(400, 'unknown-element', error.message)
  }
  const detail = 'Expected fewer simulations at the same time, found as many as may run. Wait, then try again.'
  throw new Problem(429, 'too-many-simulations', detail, { headers: { 'retry-after': '1' } })
}

type Reply = Exclude<NonNullable<Body['mocks']>[string], readonly unknown[]>

function answerOf({ bytes, body, ...reply }: Reply): ReceiverAnswer {
  const content = bytes === undefined ? body : Buffer.from(bytes, 'base64')
  return { ...reply, ...(content !== undefined && { body: content }) } as ReceiverAnswer
}

function exchangeOf({ headers = {}, properties = {}, body, bytes }: NonNullable<Body['message']>): Exchange {
  return new Exchange({
    body: bytes === undefined ? (body ?? null) : Buffer.from(bytes, 'base64'),
    headers: Object.entries(headers),
    properties: Object.entries(properties),
  })
}

function render({ diagnostics, outcome }: Simulation): Answer {
  const found = [...diagnostics] as Answer['diagnostics']
  if (!outcome) return { status: 'NOT_STARTED', diagnostics: found, steps: [], stepsLeftOut: 0, calls: [] }
  const { status, failure, exchange, steps, stepsLeftOut, calls } = outcome
  return {
    status,
    ...(failure && {
      failure: {
        code: failure.code,
        message: failure.message,
        ...(failure.stepId !== undefined && { elementId: failure.stepId }),
      },
    }),
    diagnostics: found,
    steps: steps.map(renderStep),
    stepsLeftOut,
    calls: calls.map(renderCall),
    ...(exchange && { message: renderMessage(keptMessage(exchange, keptLimits)) }),
  }
}

function renderStep(step: SeenStep): Answer['steps'][number] {
  const { elementId, elementName, processId, callDepth, branch, startedAt, stoppedAt, failure, before, after } = step
  return {
    elementId,
    name: elementName,
    processId,
    depth: callDepth,
    branch,
    ...(stoppedAt !== undefined && { ms: stoppedAt - startedAt }),
    ...(before && { before: renderMessage(before) }),
    ...(after && { after: renderMessage(after) }),
    ...(failure && { error: { code: failure.code, message: failure.message } }),
  }
}

function renderCall({ channel, exchange, request }: ReceiverCall): Answer['calls'][number] {
  const { id: channelId, name: channelName, componentType: adapter } = channel
  return {
    channelId,
    channelName,
    adapter,
    ...(request && {
      request: { method: request.method, url: request.url, headers: Object.fromEntries(request.headers) },
    }),
    message: renderMessage(keptMessage(exchange, keptLimits)),
  }
}

function renderMessage({ headers, properties, body, size }: TracedMessage): NonNullable<Answer['message']> {
  const isCut = body.length < size
  const text = textOf(body, isCut)
  const [, type] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? []
  const mediaType = type ?? (text === undefined ? 'application/octet-stream' : 'text/plain')
  const content = text === undefined ? { base64: Buffer.from(body).toString('base64') } : { text }
  return { headers, properties, body: { ...content, mediaType, size, isCut } }
}

/** Control characters but for white space. */
const controls = /[^\P{Cc}\s]/u

/** Undefined for what is no text in UTF-8. The last character of a body that is cut may be cut, too. */
function textOf(body: Uint8Array, isCut: boolean): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body, { stream: isCut })
    return controls.test(text) ? undefined : text
  } catch {
    return undefined
  }
}
