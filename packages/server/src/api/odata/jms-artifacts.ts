import { type EntityRow, queryRows } from '@sluice/odata'
import { type EntitySetApi, type ODataContext, type ToManyApi, textOf } from './definition.ts'
import { readQueues } from './permissions.ts'

/** Running flows that use a queue, reached through it: `Direction` is 1 for reading, 2 for writing, 3 for both (chosen). */
export const jmsArtifacts: EntitySetApi = {
  set: {
    name: 'JmsArtifacts',
    type: {
      name: 'JmsArtifact',
      key: ['Name'],
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        Id: { type: 'Edm.String' },
        Direction: { type: 'Edm.Int64' },
      },
    },
  },
  roles: readQueues,
}

/** Those of one queue; they are running flows, not rows of the store. */
export const artifactsOfQueue: ToManyApi = {
  list: async (queue, query, context) => queryRows(rowsOf(queue, context), query),
  count: async (queue, query, context) => queryRows(rowsOf(queue, context), query).length,
  find: async (queue, key, context) => rowsOf(queue, context).find(({ Name }) => Name === key.Name),
}

function rowsOf(queue: EntityRow, { deployer }: ODataContext): EntityRow[] {
  const users = deployer.queueUsers(textOf(queue, 'Name'))
  return [...Map.groupBy(users, ({ id }) => id).values()].map(uses => {
    const direction = uses.reduce((sum, { use }) => sum + (use === 'reads' ? 1n : 2n), 0n)
    return { Name: uses[0]?.name ?? '', Id: uses[0]?.id, Direction: direction }
  })
}
