import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import {
  type BatchAnswer,
  type BatchItemAnswer,
  type BatchRequest,
  ODataError,
  parseBatch,
  renderBatch,
  urlInBatch,
} from '@sluice/odata'
import { turns } from '../../http/give-way.ts'
import { STATUS_CODES } from '../../http/node-http.ts'
import { tellingInTransaction } from './audited-changes.ts'
import { type BatchPort, type Call, notAllowed } from './call.ts'
import { authorizeSome, changesetContext, knownRoles } from './changeset.ts'
import type { Reply } from './reply.ts'
import { checkVersion, tunnelled } from './request-headers.ts'

/** Bytes of answers after which further requests of a batch are refused. */
const answerBytesMax = 64_000_000

/** How long the changes of one changeset may keep others from the database. */
const changesetMsMax = 5_000

interface Batch {
  readonly call: Call
  readonly port: BatchPort
  /** Answers a request as if it had come alone. */
  readonly answer: (call: Call) => Promise<Reply>
  /** Lets others have their turn when it is time. */
  readonly giveWay: () => Promise<void>
  readonly reasons: string[]
  /** Of the answers so far. */
  bytes: number
}

/**
 * Answers `POST $batch` with 202: requests one after the other as if each had come alone, changesets as a whole or not at all.
 * Throws `ODataError` when the batch cannot be read; nothing has happened then.
 */
export async function answerBatch(call: Call, answer: Batch['answer']): Promise<Reply> {
  const port = call.batch
  if (!port) throw new ODataError('malformed-batch', 'Expected no batch inside a batch')
  if (call.method !== 'POST') throw notAllowed(call.method, 'POST')
  await authorizeSome(call)
  const items = parseBatch(port.contentType, await call.body(), port.requestsMax)
  const batch: Batch = { call, port, answer, giveWay: turns(), reasons: [], bytes: 0 }
  const answers: BatchItemAnswer[] = []
  for (const item of items) {
    await batch.giveWay()
    answers.push(
      item.kind === 'changeset' ? await answerChangeset(batch, item.requests) : await answerAlone(batch, item.request),
    )
  }
  if (batch.reasons.length > 0) port.note(batch.reasons.slice(0, 5).join('; '))
  const boundary = `batch_${randomUUID()}`
  const body = Buffer.concat(renderBatch(answers, boundary).map(piece => Buffer.from(piece as string)))
  return { status: 202, contentType: `multipart/mixed; boundary=${boundary}`, body }
}

async function answerAlone(batch: Batch, request: BatchRequest): Promise<BatchAnswer> {
  try {
    checkRoom(batch)
    return await inBatch(batch, request, await batch.answer(partOf(batch, request, new Map())))
  } catch (error) {
    return refusal(batch, request, error)
  }
}

function checkRoom({ bytes }: Batch): void {
  if (bytes <= answerBytesMax) return
  throw new ODataError('body-too-large', `Expected answers of at most ${answerBytesMax} bytes in one batch`)
}

/** `created`: paths of entities that earlier requests of the changeset created, by Content-ID. Throws `ODataError`. */
function partOf({ call, port }: Batch, request: BatchRequest, created: ReadonlyMap<string, string>): Call {
  const headers = Object.fromEntries(request.headers)
  checkVersion(headers)
  return {
    ...call,
    method: tunnelled(request.method, headers),
    url: urlInBatch(request.url, port.servicePath, created),
    accept: request.headers.get('accept'),
    body: async () => request.body,
    batch: undefined,
  }
}

async function answerChangeset(batch: Batch, requests: readonly BatchRequest[]): Promise<BatchItemAnswer> {
  const { call, port } = batch
  // Whether the caller has a role is a question to the store, which is not to be asked during the transaction.
  const authorize = await knownRoles(call)
  const protections = await call.protections()
  const bytesBefore = batch.bytes
  let current = requests[0]
  try {
    const changeset = await port.transaction(async store => {
      const started = port.clock.now()
      const context = changesetContext(call.context, store, protections)
      const audit = tellingInTransaction(call.audit, store)
      const created = new Map<string, string>()
      const answers: BatchAnswer[] = []
      for (const request of requests) {
        current = request
        await batch.giveWay()
        checkRoom(batch)
        if (port.clock.now() - started > changesetMsMax) {
          throw new ODataError('malformed-batch', `Expected a changeset to take at most ${changesetMsMax} ms`)
        }
        const reply = await batch.answer({ ...partOf(batch, request, created), context, authorize, audit })
        const location = reply.headers?.location
        if (request.contentId && location) created.set(request.contentId, location.slice(call.serviceRoot.length + 1))
        answers.push(await inBatch(batch, request, reply))
      }
      return answers
    })
    return { changeset }
  } catch (error) {
    if (!current) throw error
    batch.bytes = bytesBefore
    return refusal(batch, current, error)
  }
}

function refusal({ port, reasons }: Batch, request: BatchRequest, error: unknown): BatchAnswer {
  const reply = port.refuse(error, { url: request.url, accept: request.headers.get('accept') })
  reasons.push(`${request.method} ${request.url.split('?')[0]}: ${reply.status} ${reply.reason}`.slice(0, 300))
  return { ...answerOf(request, reply), body: reply.body }
}

async function inBatch(batch: Batch, request: BatchRequest, reply: Reply): Promise<BatchAnswer> {
  const { body = '' } = reply
  const isWhole = typeof body === 'string' || body instanceof Uint8Array
  if (request.method !== 'HEAD') {
    const given = isWhole ? body : await whole(body)
    batch.bytes += given.length
    return { ...answerOf(request, reply), body: given }
  }
  // Nobody reads it to its end, which is when its file would be closed.
  if (!isWhole) body.destroy()
  return { ...answerOf(request, reply), body: '' }
}

function answerOf(request: BatchRequest, { status, contentType, headers }: Reply): Omit<BatchAnswer, 'body'> {
  return {
    status,
    phrase: STATUS_CODES[status] ?? '',
    headers: {
      dataserviceversion: '2.0',
      ...headers,
      ...(contentType !== undefined && { 'content-type': contentType }),
    },
    contentId: request.contentId,
  }
}

async function whole(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > answerBytesMax) {
      throw new ODataError('body-too-large', `Expected an answer of at most ${answerBytesMax} bytes in a batch`)
    }
  }
  return Buffer.concat(chunks)
}
