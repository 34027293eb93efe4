import type { EntityRow } from '@sluice/odata'
import type { TraceMessage } from '../../store/store.ts'
import { type EntitySetApi, type ToManyApi, textOf } from './definition.ts'
import { readMonitoring, readPayloads } from './permissions.ts'
import { tracedSubjects } from './protected-subjects.ts'
import { traceMessageExchangePropertiesOf } from './trace-message-exchange-properties.ts'
import { traceMessagePropertiesOf } from './trace-message-properties.ts'

/**
 * Messages at steps of runs with log level TRACE, reached through `MessageProcessingLogRunSteps` or by their key: one before and
 * one after each step; of the two, the one before has the smaller `TraceId`.
 */
export const traceMessages: EntitySetApi = {
  clients: ['CPI Helper'],
  set: {
    name: 'TraceMessages',
    type: {
      name: 'TraceMessage',
      key: ['TraceId'],
      hasStream: true,
      properties: {
        TraceId: { type: 'Edm.Int64', nullable: false },
        MplId: { type: 'Edm.String', nullable: false },
        RunId: { type: 'Edm.String' },
        ModelStepId: { type: 'Edm.String' },
        PayloadSize: { type: 'Edm.Int64' },
        MimeType: { type: 'Edm.String' },
      },
      navigations: {
        Properties: { target: 'TraceMessageProperties', many: true },
        ExchangeProperties: { target: 'TraceMessageExchangeProperties', many: true },
      },
    },
  },
  roles: readMonitoring,
  guard: {
    reads: ['media', 'navigations'],
    subjects: (row, context) => tracedSubjects(Number(row.TraceId), context),
  },
  mediaRoles: readPayloads,
  async find(key, { store, now }) {
    const found = await store.traces.findMessage(Number(key.TraceId), now)
    return found && traceRow(found)
  },
  async media(row, { store, now }) {
    const content = await store.traces.content(Number(row.TraceId), now)
    return content && { contentType: 'application/octet-stream', body: content.body, fileName: `trace-${row.TraceId}` }
  },
  navigations: { Properties: traceMessagePropertiesOf, ExchangeProperties: traceMessageExchangePropertiesOf },
}

/** Messages at one step: before, after. */
export const traceMessagesOf: ToManyApi = {
  async list(step, query, { store, now }) {
    const messages = store.traces.messages(textOf(step, 'RunId'), Number(step.ChildCount), now)
    return (await messages.list(query)).map(traceRow)
  },
  count: (step, query, { store, now }) =>
    store.traces.messages(textOf(step, 'RunId'), Number(step.ChildCount), now).count(query),
  async find(step, key, { store, now }) {
    const found = await store.traces.findMessage(Number(key.TraceId), now)
    const isOfStep = found && found.runId === step.RunId && found.step === step.ChildCount
    return isOfStep ? traceRow(found) : undefined
  },
}

function traceRow({ id, messageGuid, runId, elementId, payloadSize, mimeType }: TraceMessage): EntityRow {
  return {
    TraceId: BigInt(id),
    MplId: messageGuid,
    RunId: runId,
    ModelStepId: elementId,
    PayloadSize: BigInt(payloadSize),
    MimeType: mimeType,
  }
}
