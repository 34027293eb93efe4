import { type EntityRow, queryRows } from '@sluice/odata'
import type { EntitySetApi, ToManyApi } from './definition.ts'
import { readMonitoring } from './permissions.ts'

const names = ['CallDepth', 'ProcessId'] as const

/** What is known of a step besides its own properties, reached through `MessageProcessingLogRunSteps`. */
export const messageProcessingLogRunStepProperties: EntitySetApi = {
  clients: ['CPI Helper'],
  set: {
    name: 'MessageProcessingLogRunStepProperties',
    type: {
      name: 'MessageProcessingLogRunStepProperty',
      key: ['RunId', 'ChildCount', 'Name'],
      properties: {
        RunId: { type: 'Edm.String', nullable: false },
        ChildCount: { type: 'Edm.Int32', nullable: false },
        Name: { type: 'Edm.String', nullable: false },
        Value: { type: 'Edm.String' },
      },
    },
  },
  roles: readMonitoring,
}

/** Properties of one step, whose row has them all. */
export const messageProcessingLogRunStepPropertiesOf: ToManyApi = {
  list: async (step, query) => queryRows(propertyRows(step), query),
  count: async (step, query) => queryRows(propertyRows(step), query).length,
  find: async (step, key) =>
    propertyRows(step).find(
      row => row.RunId === key.RunId && row.ChildCount === key.ChildCount && row.Name === key.Name,
    ),
}

function propertyRows(step: EntityRow): EntityRow[] {
  return names
    .filter(name => step[name] !== undefined)
    .map(name => ({ RunId: step.RunId, ChildCount: step.ChildCount, Name: name, Value: String(step[name]) }))
}
