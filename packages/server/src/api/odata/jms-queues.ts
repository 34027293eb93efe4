import type { EntitySetApi } from './definition.ts'
import { readQueues } from './permissions.ts'
import { jmsQueueRow, queueLists, queueOfName, theBroker } from './queue-rows.ts'

/** How full queues are: each has one, where the original has up to three. */
export const jmsQueues: EntitySetApi = {
  set: {
    name: 'JmsQueues',
    type: {
      name: 'JmsQueue',
      key: ['Name'],
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        MaxQueueSize: { type: 'Edm.Int64' },
        ActiveState: { type: 'Edm.Int64' },
        QueueSize: { type: 'Edm.Int64' },
        State: { type: 'Edm.Int64' },
      },
      navigations: {
        Queue: { target: 'Queues', many: false, required: true, association: 'JmsQueuesForQueue' },
        Broker: { target: 'JmsBrokers', many: false, required: true, association: 'QueuesInJmsBroker' },
      },
    },
  },
  roles: readQueues,
  ...queueLists(jmsQueueRow),
  navigations: { Queue: queueOfName, Broker: theBroker },
}
