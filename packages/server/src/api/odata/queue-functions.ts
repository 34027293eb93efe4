import { ODataError } from '@sluice/odata'
import type { QueueSummary } from '../../store/store.ts'
import type { FunctionImportApi, ODataContext } from './definition.ts'
import { activateQueues, moveMessages, retryMessages } from './permissions.ts'
import { queueSubject } from './protected-subjects.ts'

/** Starts a queue that was stopped: its consumers go on. The answer is its name. */
export const activateQueue = switching('activateQueue', true)

/** Stops a queue: messages are still put into it, and none is taken out. Those under way go on. The answer is its name. */
export const deactivateQueue = switching('deactivateQueue', false)

function switching(name: string, isActive: boolean): FunctionImportApi {
  return {
    functionImport: {
      name,
      method: 'POST',
      returnType: 'Edm.String',
      parameters: { Name: { type: 'Edm.String', nullable: false }, State: { type: 'Edm.String' } },
    },
    roles: activateQueues,
    subjects: ({ Name }) => [queueSubject(String(Name))],
    async run({ Name }, context) {
      const queue = await requireQueue(Name, context)
      await context.store.queues.setActive(queue.name, isActive)
      return { status: 200, text: queue.name }
    },
  }
}

/** Ours: has one message of a queue, or all of them, tried now. The answer is how many. */
export const retryJmsMessages: FunctionImportApi = {
  functionImport: {
    name: 'RetryJmsMessages',
    method: 'POST',
    returnType: 'Edm.String',
    parameters: { Queue: { type: 'Edm.String', nullable: false }, Msgid: { type: 'Edm.String' } },
  },
  roles: retryMessages,
  subjects: ({ Queue }) => [queueSubject(String(Queue))],
  async run({ Queue, Msgid }, context) {
    const { name, isActive } = await requireQueue(Queue, context)
    // "You can't retry stopped queues."
    if (!isActive) throw new ODataError('conflict', `Expected queue "${name}" to be started, found it stopped`)
    return { status: 200, text: String(await context.store.queues.retry(name, idOf(Msgid))) }
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
  roles: moveMessages,
  subjects: ({ Queue, Target }) => [queueSubject(String(Queue)), queueSubject(String(Target))],
  async run({ Queue, Target, Msgid }, context) {
    const [from, to] = [await requireQueue(Queue, context), await requireQueue(Target, context)]
    return { status: 200, text: String(await context.store.queues.move(from.name, to.name, idOf(Msgid))) }
  },
}

async function requireQueue(value: unknown, { store }: ODataContext): Promise<QueueSummary> {
  const found = await store.queues.find(String(value))
  if (found) return found
  throw new ODataError('not-found', `Expected a queue "${String(value).slice(0, 100)}", found none`)
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
