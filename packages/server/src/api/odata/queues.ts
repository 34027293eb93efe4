import { type EntityRow, ODataError, queryRows } from '@sluice/odata'
import type { QueueSummary } from '../../store/store.ts'
import { type EntitySetApi, type FunctionImportApi, textOf } from './definition.ts'
import { entryRow, messagesMax } from './jms-messages.ts'
import { changeRuntime, readMonitoring } from './permissions.ts'

/** Message queues. `Exclusive` is 1 for exclusive queues. */
export const queues: EntitySetApi = {
  set: {
    name: 'Queues',
    type: {
      name: 'Queue',
      key: ['Name'],
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        NumbOfMsgs: { type: 'Edm.Int64' },
        Exclusive: { type: 'Edm.Int64' },
      },
      navigations: { Messages: { target: 'JmsMessages', many: true } },
    },
  },
  roles: readMonitoring,
  list: async (query, { store }) => queryRows((await store.queues.list()).map(queueRow), query),
  count: async (query, { store }) => queryRows((await store.queues.list()).map(queueRow), query).length,
  async find(key, { store }) {
    const name = textOf(key, 'Name')
    const found = (await store.queues.list()).find(queue => queue.name === name)
    return found && queueRow(found)
  },
  delete: {
    roles: changeRuntime,
    status: 202,
    async run(row, { store }) {
      await store.queues.delete(textOf(row, 'Name'))
    },
  },
  navigations: {
    Messages: {
      list: async (queue, query, { store }) =>
        queryRows((await store.queues.entries(textOf(queue, 'Name'), messagesMax)).map(entryRow), query),
      count: async (queue, query, { store }) =>
        queryRows((await store.queues.entries(textOf(queue, 'Name'), messagesMax)).map(entryRow), query).length,
      async find(queue, key, { store }) {
        const entries = await store.queues.entries(textOf(queue, 'Name'), messagesMax)
        const found = entries.find(({ id }) => id === key.Msgid)
        return found && entryRow(found)
      },
    },
  },
}

/** Ours: has one message of a queue, or all of them, tried now. The answer is how many. */
export const retryJmsMessages: FunctionImportApi = {
  functionImport: {
    name: 'RetryJmsMessages',
    method: 'POST',
    returnType: 'Edm.String',
    parameters: { Queue: { type: 'Edm.String', nullable: false }, Msgid: { type: 'Edm.String' } },
  },
  roles: changeRuntime,
  async run({ Queue, Msgid }, { store }) {
    requireQueue(String(Queue), await store.queues.list())
    return { status: 200, text: String(await store.queues.retry(String(Queue), idOf(Msgid))) }
  },
}

/** Ours: moves one message of a queue, or all of them, to another queue. The answer is how many. */
export const moveJmsMessages: FunctionImportApi = {
  functionImport: {
    name: 'MoveJmsMessages',
    method: 'POST',
    returnType: 'Edm.String',
    parameters: {
      Queue: { type: 'Edm.String', nullable: false },
      Target: { type: 'Edm.String', nullable: false },
      Msgid: { type: 'Edm.String' },
    },
  },
  roles: changeRuntime,
  async run({ Queue, Target, Msgid }, { store }) {
    const all = await store.queues.list()
    requireQueue(String(Queue), all)
    requireQueue(String(Target), all)
    return { status: 200, text: String(await store.queues.move(String(Queue), String(Target), idOf(Msgid))) }
  },
}

function requireQueue(name: string, all: readonly QueueSummary[]): void {
  if (!all.some(queue => queue.name === name))
    throw new ODataError('not-found', `Expected a queue "${name}", found none`)
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function queueRow({ name, access, entries }: QueueSummary): EntityRow {
  return {
    Name: name,
    NumbOfMsgs: BigInt(entries),
    Exclusive: access === 'exclusive' ? 1n : 0n,
  }
}
