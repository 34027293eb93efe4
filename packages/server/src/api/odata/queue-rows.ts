import type { EntityRow, FilterExpression } from '@sluice/odata'
import { queueLevels } from '../../store/queue-lists.ts'
import type { ListQuery, QueueSummary } from '../../store/store.ts'
import { both, comparison } from './comparison.ts'
import { type ODataContext, type ToManyApi, type ToOneApi, textOf } from './definition.ts'

/** "The maximum capacity for one queue is 95% of the total queue capacity." */
const shareOfOneQueue = 0.95

const megabyte = 1024 * 1024

/** A queue as one of the entities that show it. */
type QueueRow = (queue: QueueSummary, bytesMax: number) => EntityRow

/** The one broker: sizes are in MB, the capacity is what queues have and what the disk has left. */
export async function brokerRow({ store }: ODataContext): Promise<EntityRow> {
  const { queues, bytes, availableBytes } = await store.queues.totals()
  const listed = store.queues.all(bytesMaxOf(bytes + availableBytes))
  const inState = async (state: number) => BigInt(await listed.count({ filter: comparison('State', 'eq', state) }))
  const used = bytes / (bytes + availableBytes)
  return {
    Key: 'Broker1',
    Capacity: BigInt(Math.ceil(bytes / megabyte)),
    MaxCapacity: BigInt(Math.floor((bytes + availableBytes) / megabyte)),
    IsTransactedSessionsHigh: 0,
    IsConsumersHigh: 0,
    IsProducersHigh: 0,
    QueueNumber: BigInt(queues),
    CapacityOk: await inState(0),
    CapacityWarning: await inState(1),
    CapacityError: await inState(2),
    IsQueuesHigh: 0,
    IsMessageSpoolHigh: queueLevels.filter(share => used >= share).length,
  }
}

/** `Size` is in bytes, `FillGrade` in percent. */
export const queueRow: QueueRow = (queue, bytesMax) => ({
  Name: queue.name,
  NumbOfMsgs: BigInt(queue.entries),
  Size: BigInt(queue.bytes),
  Type: 0n,
  State: stateOf(queue, bytesMax),
  FillGrade: BigInt(Math.floor((queue.bytes * 100) / bytesMax)),
  Active: queue.isActive ? 1n : 0n,
  Exclusive: queue.access === 'exclusive' ? 1n : 0n,
})

/** Sizes are in bytes. */
export const jmsQueueRow: QueueRow = (queue, bytesMax) => ({
  Name: queue.name,
  MaxQueueSize: BigInt(bytesMax),
  ActiveState: queue.isActive ? 1n : 0n,
  QueueSize: BigInt(queue.bytes),
  State: stateOf(queue, bytesMax),
})

export const queueStateRow: QueueRow = (queue, bytesMax) => ({ Name: queue.name, State: stateOf(queue, bytesMax) })

/** "0 OK, 1 warning, 2 critical" */
function stateOf({ bytes }: QueueSummary, bytesMax: number): bigint {
  return BigInt(queueLevels.filter(share => bytes >= Math.ceil(bytesMax * share)).length)
}

/** Queues as entities, all or those that pass `only`: what a set and a navigation property list alike. */
export function queueLists(row: QueueRow, only?: FilterExpression) {
  return {
    async list(query: ListQuery, context: ODataContext): Promise<EntityRow[]> {
      const bytesMax = await queueBytesMax(context)
      const found = await context.store.queues.all(bytesMax).list({ ...query, filter: both(query.filter, only) })
      return found.map(queue => row(queue, bytesMax))
    },
    async count({ filter }: Pick<ListQuery, 'filter'>, context: ODataContext): Promise<number> {
      return context.store.queues.all(await queueBytesMax(context)).count({ filter: both(filter, only) })
    },
    async find(key: EntityRow, context: ODataContext): Promise<EntityRow | undefined> {
      const found = await context.store.queues.find(textOf(key, 'Name'))
      return found && row(found, await queueBytesMax(context))
    },
  }
}

/** What `queueLists` has as a to-many navigation property of the broker, or of a queue to what has its name. */
export function relatedQueues(row: QueueRow, only?: FilterExpression): ToManyApi {
  const lists = queueLists(row, only)
  const wanted = (parent: EntityRow, filter: FilterExpression | undefined) =>
    'Name' in parent ? both(filter, comparison('Name', 'eq', textOf(parent, 'Name'))) : filter
  return {
    list: (parent, query, context) => lists.list({ ...query, filter: wanted(parent, query.filter) }, context),
    count: (parent, { filter }, context) => lists.count({ filter: wanted(parent, filter) }, context),
    async find(parent, key, context) {
      const filter = wanted(parent, comparison('Name', 'eq', textOf(key, 'Name')))
      return (await lists.list({ filter, top: 1 }, context))[0]
    },
  }
}

/** The queue that has the parent's name. */
export const queueOfName: ToOneApi = { get: (parent, context) => queueLists(queueRow).find(parent, context) }

export const theBroker: ToOneApi = { get: (_, context) => brokerRow(context) }

async function queueBytesMax({ store }: ODataContext): Promise<number> {
  const { bytes, availableBytes } = await store.queues.totals()
  return bytesMaxOf(bytes + availableBytes)
}

function bytesMaxOf(bytesOfAll: number): number {
  return Math.max(1, Math.floor(bytesOfAll * shareOfOneQueue))
}
