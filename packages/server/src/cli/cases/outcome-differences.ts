import { asText, Body, type OutgoingMail, type OutgoingMessage } from '@sluice/iflow'
import type { ReceiverCall } from '@sluice/iflow/mocking'
import { callDifferences, joined } from './call-differences.ts'
import type { RawCall, RawExpectation, RawMatcher } from './case-schema.ts'
import { type Difference, differ, difference, valueDifferences } from './difference.ts'
import { elementIdOf } from './element-names.ts'
import { occurrenceDifferences } from './occurrences.ts'
import { recordedCall, recordedMail, recordedMessage } from './recorded.ts'
import type { CaseRun } from './run-case.ts'
import { unifiedDiff } from './unified-diff.ts'

/** Compares what a message did with all that a case expects. Throws `MissingContent`. */
export async function outcomeDifferences(
  expected: RawExpectation,
  run: CaseRun,
  folder: string,
): Promise<Difference[]> {
  const status = statusDifferences(expected, run)
  const parts = [
    replyDifferences,
    messageDifferences,
    failureDifferences,
    receiverDifferences,
    pathDifferences,
    logDifferences,
    queueDifferences,
    mailDifferences,
    storeDifferences,
  ]
  const found = [...status]
  for (const part of parts) found.push(...(await part(expected, run, folder)))
  return found
}

function statusDifferences(expected: RawExpectation, { result }: CaseRun): Difference[] {
  const wanted = expected.status ?? (expected.failure === undefined ? 'COMPLETED' : 'FAILED')
  if (result.status === wanted) return []
  const { failure } = result
  const reason = failure
    ? [`  ${failure.message}${failure.stepId ? ` (step ${failure.stepId})` : ''} [${failure.code}]`]
    : []
  const { updates, ...rest } = difference(['status'], [`-${wanted}`, `+${result.status}`, ...reason], result.status)
  const isGone = expected.failure !== undefined && failure === undefined
  return [{ ...rest, updates: isGone ? [...updates, { path: ['failure'], value: undefined }] : updates }]
}

async function replyDifferences({ reply }: RawExpectation, run: CaseRun, folder: string): Promise<Difference[]> {
  if (reply === undefined) return []
  if (run.reply === undefined)
    return [difference(['reply'], ['expected a reply, found a sender that waits for none'], undefined)]
  const { status, headers, body } = run.reply
  return [
    ...(reply.status === undefined ? [] : await differ(['reply', 'status'], reply.status, String(status), folder)),
    ...(await valueDifferences(['reply', 'headers'], reply.headers, joined(headers), folder)),
    ...(reply.body === undefined ? [] : await differ(['reply', 'body'], reply.body, Body.of(body).raw, folder)),
  ]
}

async function messageDifferences(
  expected: RawExpectation,
  { result }: CaseRun,
  folder: string,
): Promise<Difference[]> {
  const { exchange } = result
  const { attachments } = exchange
  const found = [
    ...(expected.body === undefined
      ? []
      : await differ(['body'], expected.body, exchange.body.raw, folder, exchange.charset)),
    ...(await valueDifferences(['headers'], expected.headers, exchange.headers, folder)),
    ...(await valueDifferences(['properties'], expected.properties, exchange.properties, folder)),
  ]
  for (const [name, matcher] of Object.entries(expected.attachments ?? {})) {
    found.push(...(await differ(['attachments', name], matcher, attachments.get(name)?.body.raw ?? null, folder)))
  }
  return found
}

async function failureDifferences({ failure }: RawExpectation, run: CaseRun, folder: string): Promise<Difference[]> {
  const found = run.result.failure
  if (failure === undefined || found === undefined) return []
  const step = run.events.find(({ elementId }) => elementId === found.stepId)
  const stepName = step?.elementName || found.stepId
  const isStep = failure.step === undefined || failure.step === found.stepId || failure.step === step?.elementName
  return [
    ...(failure.code === undefined ? [] : await differ(['failure', 'code'], failure.code, found.code, folder)),
    ...(failure.message === undefined
      ? []
      : await differ(['failure', 'message'], failure.message, found.message, folder)),
    ...(isStep ? [] : [difference(['failure', 'step'], [`-${failure.step}`, `+${stepName}`], stepName)]),
  ]
}

async function receiverDifferences(
  { calls = {}, order }: RawExpectation,
  run: CaseRun,
  folder: string,
): Promise<Difference[]> {
  const found: Difference[] = []
  for (const [name, wanted] of Object.entries(calls)) {
    const made = run.calls.filter(({ channel }) => channel.name === name || channel.id === name)
    const compare = (each: RawCall, call: ReceiverCall) => callDifferences(each, call, folder)
    const kind = { compare, record: recordedCall }
    found.push(...(await occurrenceDifferences(['calls', name], wanted, made, kind)))
  }
  if (order !== undefined) {
    const made = run.calls.map(({ channel }) => (order.includes(channel.id) ? channel.id : channel.name || channel.id))
    const lines = unifiedDiff(order, made)
    if (lines.length > 0) found.push(difference(['order'], lines, made))
  }
  return found
}

async function pathDifferences({ path }: RawExpectation, { events }: CaseRun): Promise<Difference[]> {
  if (path === undefined) return []
  const steps = events.filter(({ phase, run }) => phase === 'start' && run === 1)
  const ids = new Set(path)
  const taken = steps.map(({ elementId, elementName }) =>
    ids.has(elementId) || elementName === '' ? elementId : elementName,
  )
  if (fitsPath(path, taken)) return []
  return [difference(['path'], unifiedDiff(path, taken), taken)]
}

/** `...` takes as few steps as it can, and one more where the rest does not fit: only the last one before counts. */
function fitsPath(path: readonly string[], taken: readonly string[]): boolean {
  let [place, index] = [0, 0]
  let gap: { readonly place: number; readonly index: number } | undefined
  while (index < taken.length) {
    if (path[place] === '...') {
      gap = { place, index }
      place += 1
    } else if (place < path.length && path[place] === taken[index]) {
      place += 1
      index += 1
    } else if (gap !== undefined) {
      gap = { place: gap.place, index: gap.index + 1 }
      place = gap.place + 1
      index = gap.index
    } else return false
  }
  return path.slice(place).every(step => step === '...')
}

async function logDifferences({ log }: RawExpectation, { result }: CaseRun, folder: string): Promise<Difference[]> {
  if (log === undefined) return []
  const found: Difference[] = []
  for (const key of ['customStatus', 'sender', 'receiver', 'applicationMessageId', 'applicationMessageType'] as const) {
    const wanted = log[key]
    if (wanted !== undefined) found.push(...(await differ(['log', key], wanted, result.log[key] ?? null, folder)))
  }
  for (const [name, wanted] of Object.entries(log.attachments ?? {})) {
    const attached = result.log.attachments.filter(attachment => attachment.name === name).at(-1)
    found.push(...(await differ(['log', 'attachments', name], wanted, attached?.body.raw ?? null, folder)))
  }
  const { customHeaders, stringProperties } = result.log
  found.push(...(await valueDifferences(['log', 'customHeaders'], log.customHeaders, joined(customHeaders), folder)))
  found.push(...(await valueDifferences(['log', 'properties'], log.properties, joined(stringProperties), folder)))
  return found
}

async function queueDifferences(
  { queues = {} }: RawExpectation,
  { queued }: CaseRun,
  folder: string,
): Promise<Difference[]> {
  const found: Difference[] = []
  for (const [name, wanted] of Object.entries(queues)) {
    const put = queued.filter(({ queue }) => queue === name)
    const compare = (each: RawCall, message: OutgoingMessage) => queuedDifferences(each, message, folder)
    const kind = { compare, record: recordedMessage }
    found.push(...(await occurrenceDifferences(['queues', name], wanted, put, kind)))
  }
  return found
}

async function queuedDifferences(wanted: RawCall, { content }: OutgoingMessage, folder: string): Promise<Difference[]> {
  return [
    ...(wanted.body === undefined ? [] : await differ(['body'], wanted.body, content.body, folder)),
    ...(await valueDifferences(['headers'], wanted.headers, new Map(content.headers), folder)),
    ...(await valueDifferences(['properties'], wanted.properties, new Map(content.properties), folder)),
  ]
}

async function mailDifferences(
  { mails: wanted }: RawExpectation,
  { mails }: CaseRun,
  folder: string,
): Promise<Difference[]> {
  if (wanted === undefined) return []
  const compare = (each: RawMail, mail: OutgoingMail) => mailPartDifferences(each, mail, folder)
  return occurrenceDifferences(['mails'], wanted, mails, { compare, record: recordedMail })
}

type RawMail = Extract<RawExpectation['mails'], readonly unknown[]>[number]

async function mailPartDifferences(
  { attachments, ...parts }: RawMail,
  mail: OutgoingMail,
  folder: string,
): Promise<Difference[]> {
  const found: Difference[] = []
  const texts = mailTexts(mail)
  for (const [name, matcher] of Object.entries(parts)) {
    found.push(...(await differ([name], matcher, texts.get(name) ?? null, folder)))
  }
  for (const [name, matcher] of Object.entries(attachments ?? {})) {
    const content = mail.attachments.find(attachment => attachment.name === name)?.content ?? null
    found.push(...(await differ(['attachments', name], matcher, content, folder)))
  }
  return found
}

function mailTexts({ from, to, cc, bcc, subject, body }: OutgoingMail): ReadonlyMap<string, string | Uint8Array> {
  const addresses = (list: OutgoingMail['to']) => list.map(({ address }) => address).join(', ')
  return new Map<string, string | Uint8Array>([
    ['from', from.address],
    ['to', addresses(to)],
    ['cc', addresses(cc)],
    ['bcc', addresses(bcc)],
    ['subject', subject],
    ['body', body.content],
  ])
}

type Scoped<T> = Readonly<Record<string, T>>

async function storeDifferences(
  { variables, dataStores, processedMessages = {} }: RawExpectation,
  run: CaseRun,
  folder: string,
): Promise<Difference[]> {
  const { store, flow, now } = run
  const found: Difference[] = []
  for (const [scope, flowId] of [
    ['global', ''],
    ['local', flow.id],
  ] as const) {
    const wantedVariables: Scoped<RawMatcher> = variables?.[scope] ?? {}
    for (const [name, wanted] of Object.entries(wantedVariables)) {
      const value = await store.variables.read(flowId, name, now)
      found.push(
        ...(await differ(['variables', scope, name], wanted, value === undefined ? null : asText(value), folder)),
      )
    }
    const wantedStores: Scoped<Scoped<RawMatcher>> = dataStores?.[scope] ?? {}
    for (const [name, entries] of Object.entries(wantedStores)) {
      for (const [id, wanted] of Object.entries(entries)) {
        const entry = await store.dataStores.find({ flowId, store: name, id }, now)
        found.push(...(await differ(['dataStores', scope, name, id], wanted, entry?.body ?? null, folder)))
      }
    }
  }
  for (const [step, ids] of Object.entries(processedMessages)) {
    const known: string[] = []
    for (const messageId of ids) {
      const key = { flowId: flow.id, stepId: elementIdOf(flow.bundle, step) ?? step, messageId }
      if (await store.processedMessages.contains(key, now)) known.push(messageId)
    }
    const lines = unifiedDiff(ids, known)
    if (lines.length > 0) found.push(difference(['processedMessages', step], lines, known))
  }
  return found
}
