import type { EntitySetApi } from './definition.ts'
import { readQueues } from './permissions.ts'
import { queueLists, queueStateRow, theBroker } from './queue-rows.ts'

/** Whether queues are OK (0), in warning (1) or critical (2). */
export const queueStates: EntitySetApi = {
  clients: ['contiva'],
  set: {
    name: 'QueueStates',
    type: {
      name: 'QueueState',
      key: ['Name'],
      properties: { Name: { type: 'Edm.String', nullable: false }, State: { type: 'Edm.Int64' } },
      navigations: { Broker: { target: 'JmsBrokers', many: false, association: 'QueueStatesForJmsBroker' } },
    },
  },
  roles: readQueues,
  ...queueLists(queueStateRow),
  navigations: { Broker: theBroker },
}
