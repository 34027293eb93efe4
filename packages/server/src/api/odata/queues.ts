import { ODataError } from '@sluice/odata'
import { type EntitySetApi, textOf } from './definition.ts'
import { artifactsOfQueue } from './jms-artifacts.ts'
import { messagesOfQueue } from './jms-messages.ts'
import { deleteStored, readQueues } from './permissions.ts'
import { queueSubject } from './protected-subjects.ts'
import { jmsQueueRow, queueLists, queueRow, relatedQueues, theBroker } from './queue-rows.ts'

/** Message queues: `State` is 0 (OK), 1 (warning) or 2 (critical), `Active` 0 when stopped, `Exclusive` 0 or 1, `Type` 0. */
export const queues: EntitySetApi = {
  set: {
    name: 'Queues',
    type: {
      name: 'Queue',
      key: ['Name'],
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        NumbOfMsgs: { type: 'Edm.Int64' },
        Size: { type: 'Edm.Int64' },
        Type: { type: 'Edm.Int64' },
        State: { type: 'Edm.Int64' },
        FillGrade: { type: 'Edm.Int64' },
        Active: { type: 'Edm.Int64' },
        Exclusive: { type: 'Edm.Int64' },
      },
      navigations: {
        Messages: { target: 'JmsMessages', many: true, association: 'MessagesInQueue' },
        Artifacts: { target: 'JmsArtifacts', many: true, association: 'ArtifactsForQueue' },
        JmsQueues: { target: 'JmsQueues', many: true, association: 'JmsQueuesForQueue' },
        Broker: { target: 'JmsBrokers', many: false, required: true, association: 'InactiveQueuesInJmsBroker' },
      },
    },
  },
  roles: readQueues,
  guard: { subjects: row => [queueSubject(textOf(row, 'Name'))] },
  ...queueLists(queueRow),
  delete: {
    roles: deleteStored,
    status: 202,
    async run(row, { store, deployer }) {
      // "You can't delete stopped queues."
      if (row.Active === 0n) throw new ODataError('conflict', 'Expected a started queue, found a stopped one')
      // "You can't delete any queues that are (still) in use by one or more integration flows."
      const [user] = deployer.queueUsers(textOf(row, 'Name'))
      if (user)
        throw new ODataError(
          'conflict',
          `Expected a queue that no flow uses, found that "${user.id}" does: undeploy it`,
        )
      await store.queues.delete(textOf(row, 'Name'))
    },
  },
  navigations: {
    Messages: messagesOfQueue,
    Artifacts: artifactsOfQueue,
    JmsQueues: relatedQueues(jmsQueueRow),
    Broker: theBroker,
  },
}
