import { asText, Body, type OutgoingMail, type OutgoingMessage } from '@sluice/iflow'
import type { ReceiverCall } from '@sluice/iflow/mocking'
import { callDifferences, type Difference, differ, joined, valueDifferences } from './call-differences.ts'
import type { RawCall, RawExpectation, RawMatcher } from './case-schema.ts'
import { elementIdOf } from './element-names.ts'
import { occurrenceDifferences } from './occurrences.ts'
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
  return [{ what: 'status', lines: [`-${wanted}`, `+${result.status}`, ...reason] }]
}

async function replyDifferences({ reply }: RawExpectation, run: CaseRun, folder: string): Promise<Difference[]> {
  if (reply === undefined) return []
  if (run.reply === undefined)
    return [{ what: 'reply', lines: ['expected a reply, found a sender that waits for none'] }]
  const { status, headers, body } = run.reply
  return [
    ...(reply.status === undefined ? [] : await differ('reply.status', reply.status, String(status), folder)),
    ...(await valueDifferences('reply.headers', reply.headers, joined(headers), folder)),
    ...(reply.body === undefined ? [] : await differ('reply.body', reply.body, Body.of(body).raw, folder)),
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
      : await differ('body', expected.body, exchange.body.raw, folder, exchange.charset)),
    ...(await valueDifferences('headers', expected.headers, exchange.headers, folder)),
    ...(await valueDifferences('properties', expected.properties, exchange.properties, folder)),
  ]
  for (const [name, matcher] of Object.entries(expected.attachments ?? {})) {
    found.push(...(await differ(`attachments.${name}`, matcher, attachments.get(name)?.body.raw ?? null, folder)))
  }
  return found
}

async function failureDifferences({ failure }: RawExpectation, run: CaseRun, folder: string): Promise<Difference[]> {
  const found = run.result.failure
  if (failure === undefined || found === undefined) return []
  const step = run.events.find(({ elementId }) => elementId === found.stepId)
  const isStep = failure.step === undefined || failure.step === found.stepId || failure.step === step?.elementName
  return [
    ...(failure.code === undefined ? [] : await differ('failure.code', failure.code, found.code, folder)),
    ...(failure.message === undefined ? [] : await differ('failure.message', failure.message, found.message, folder)),
    ...(isStep ? [] : [{ what: 'failure.step', lines: [`-${failure.step}`, `+${step?.elementName || found.stepId}`] }]),
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
    found.push(...(await occurrenceDifferences(`calls.${name}`, wanted, made, compare)))
  }
  if (order !== undefined) {
    const lines = unifiedDiff(
      order,
      run.calls.map(({ channel }) => (order.includes(channel.id) ? channel.id : channel.name)),
    )
    if (lines.length > 0) found.push({ what: 'order', lines })
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
  return [{ what: 'path', lines: unifiedDiff(path, taken) }]
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
    if (wanted !== undefined) found.push(...(await differ(`log.${key}`, wanted, result.log[key] ?? null, folder)))
  }
  for (const [name, wanted] of Object.entries(log.attachments ?? {})) {
    const attached = result.log.attachments.filter(attachment => attachment.name === name).at(-1)
    found.push(...(await differ(`log.attachments.${name}`, wanted, attached?.body.raw ?? null, folder)))
  }
  const { customHeaders, stringProperties } = result.log
  found.push(...(await valueDifferences('log.customHeaders', log.customHeaders, joined(customHeaders), folder)))
  found.push(...(await valueDifferences('log.properties', log.properties, joined(stringProperties), folder)))
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
    found.push(...(await occurrenceDifferences(`queues.${name}`, wanted, put, compare)))
  }
  return found
}

async function queuedDifferences(wanted: RawCall, { content }: OutgoingMessage, folder: string): Promise<Difference[]> {
  return [
    ...(wanted.body === undefined ? [] : await differ('body', wanted.body, content.body, folder)),
    ...(await valueDifferences('headers', wanted.headers, new Map(content.headers), folder)),
    ...(await valueDifferences('properties', wanted.properties, new Map(content.properties), folder)),
  ]
}

async function mailDifferences(
  { mails: wanted }: RawExpectation,
  { mails }: CaseRun,
  folder: string,
): Promise<Difference[]> {
  if (wanted === undefined) return []
  return occurrenceDifferences('mails', wanted, mails, async ({ attachments, ...parts }, mail) => {
    const found: Difference[] = []
    const texts = mailTexts(mail)
    for (const [name, matcher] of Object.entries(parts)) {
      found.push(...(await differ(name, matcher, texts.get(name) ?? null, folder)))
    }
    for (const [name, matcher] of Object.entries(attachments ?? {})) {
      const content = mail.attachments.find(attachment => attachment.name === name)?.content ?? null
      found.push(...(await differ(`attachments.${name}`, matcher, content, folder)))
    }
    return found
  })
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
        ...(await differ(`variables.${scope}.${name}`, wanted, value === undefined ? null : asText(value), folder)),
      )
    }
    const wantedStores: Scoped<Scoped<RawMatcher>> = dataStores?.[scope] ?? {}
    for (const [name, entries] of Object.entries(wantedStores)) {
      for (const [id, wanted] of Object.entries(entries)) {
        const entry = await store.dataStores.find({ flowId, store: name, id }, now)
        found.push(...(await differ(`dataStores.${scope}.${name}.${id}`, wanted, entry?.body ?? null, folder)))
      }
    }
  }
  for (const [step, ids] of Object.entries(processedMessages)) {
    for (const messageId of ids) {
      const key = { flowId: flow.id, stepId: elementIdOf(flow.bundle, step) ?? step, messageId }
      const isKnown = await store.processedMessages.contains(key, now)
      if (!isKnown) found.push({ what: `processedMessages.${step}`, lines: [`-${messageId}`, '+nothing'] })
    }
  }
  return found
}
