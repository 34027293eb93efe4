import { type EntityRow, queryRows } from '@sluice/odata'
import type { StoredVariable } from '../../store/store.ts'
import { visibilityOf } from './data-stores.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { deleteStored, readStored } from './permissions.ts'

/** Variables that flows have written, without their values. `IntegrationFlow` is empty for global ones. */
export const variables: EntitySetApi = {
  set: {
    name: 'Variables',
    type: {
      name: 'Variable',
      key: ['VariableName', 'IntegrationFlow'],
      hasStream: true,
      properties: {
        VariableName: { type: 'Edm.String', nullable: false },
        IntegrationFlow: { type: 'Edm.String', nullable: false },
        Visibility: { type: 'Edm.String' },
        UpdatedAt: { type: 'Edm.DateTime' },
        RetainUntil: { type: 'Edm.DateTime' },
      },
    },
  },
  roles: readStored,
  list: async (query, context) => queryRows(await rows(context), query),
  count: async (query, context) => queryRows(await rows(context), query).length,
  find: async (key, context) =>
    (await rows(context)).find(
      row => row.VariableName === key.VariableName && row.IntegrationFlow === key.IntegrationFlow,
    ),
  delete: {
    roles: deleteStored,
    status: 202,
    async run(row, { store }) {
      await store.variables.delete(textOf(row, 'IntegrationFlow'), textOf(row, 'VariableName'))
    },
  },
}

async function rows({ store, now }: ODataContext): Promise<EntityRow[]> {
  return (await store.variables.list(now)).map(variableRow)
}

function variableRow({ flowId, name, writtenAt, expiresAt }: StoredVariable): EntityRow {
  return {
    VariableName: name,
    IntegrationFlow: flowId,
    Visibility: visibilityOf(flowId),
    UpdatedAt: writtenAt,
    RetainUntil: expiresAt,
  }
}
