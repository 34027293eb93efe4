import { queryRows } from '@sluice/odata'
import { comparison } from './comparison.ts'
import type { EntitySetApi } from './definition.ts'
import { readQueues } from './permissions.ts'
import { brokerRow, jmsQueueRow, queueRow, queueStateRow, relatedQueues } from './queue-rows.ts'

/** Where the queues are: always `Broker1`. `MaxQueueNumber` is null, because there is no limit. */
export const jmsBrokers: EntitySetApi = {
  clients: ['contiva', 'odata-mcp-proxy'],
  set: {
    name: 'JmsBrokers',
    type: {
      name: 'JmsBroker',
      key: ['Key'],
      properties: {
        Key: { type: 'Edm.String', nullable: false },
        Capacity: { type: 'Edm.Int64' },
        MaxCapacity: { type: 'Edm.Int64' },
        IsTransactedSessionsHigh: { type: 'Edm.Int32' },
        IsConsumersHigh: { type: 'Edm.Int32' },
        IsProducersHigh: { type: 'Edm.Int32' },
        MaxQueueNumber: { type: 'Edm.Int64' },
        QueueNumber: { type: 'Edm.Int64' },
        CapacityOk: { type: 'Edm.Int64' },
        CapacityWarning: { type: 'Edm.Int64' },
        CapacityError: { type: 'Edm.Int64' },
        IsQueuesHigh: { type: 'Edm.Int32' },
        IsMessageSpoolHigh: { type: 'Edm.Int32' },
      },
      navigations: {
        QueueNamesHigh: { target: 'JmsQueues', many: true, association: 'QueuesInJmsBroker' },
        InactiveQueues: { target: 'Queues', many: true, association: 'InactiveQueuesInJmsBroker' },
        QueueStates: { target: 'QueueStates', many: true, association: 'QueueStatesForJmsBroker' },
      },
    },
  },
  roles: readQueues,
  list: async (query, context) => queryRows([await brokerRow(context)], query),
  count: async (query, context) => queryRows([await brokerRow(context)], query).length,
  find: async (key, context) => (key.Key === 'Broker1' ? brokerRow(context) : undefined),
  navigations: {
    QueueNamesHigh: relatedQueues(jmsQueueRow, comparison('State', 'ne', 0)),
    InactiveQueues: relatedQueues(queueRow, comparison('Active', 'eq', 0)),
    QueueStates: relatedQueues(queueStateRow),
  },
}
