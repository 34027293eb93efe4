import type { EntityRow } from '@sluice/odata'
import type { StoredVariable } from '../../store/store.ts'
import { visibilityOf } from './data-stores.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { messageArchive } from './message-archive.ts'
import { deleteStored, readStored, readStoredPayloads } from './permissions.ts'
import { variableSubject } from './protected-subjects.ts'

/** Variables that flows have written; their values are in what is downloaded. `IntegrationFlow` is empty for global ones. */
export const variables: EntitySetApi = {
  clients: ['contiva', 'documentation', 'odata-mcp-proxy'],
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
  guard: {
    reads: ['media'],
    subjects: async (row, context) => [
      await variableSubject(textOf(row, 'IntegrationFlow'), textOf(row, 'VariableName'), context),
    ],
  },
  mediaRoles: readStoredPayloads,
  list: async (query, { store, now }) => (await store.variables.all(now).list(query)).map(variableRow),
  count: (query, { store, now }) => store.variables.all(now).count(query),
  async find(key, { store, now }) {
    const found = await store.variables.find(textOf(key, 'IntegrationFlow'), textOf(key, 'VariableName'), now)
    return found && variableRow(found)
  },
  async media(row, { store, now }) {
    const name = textOf(row, 'VariableName')
    const value = await store.variables.read(textOf(row, 'IntegrationFlow'), name, now)
    return value === undefined ? undefined : messageArchive(name, { headers: [[name, value]] })
  },
  delete: {
    roles: deleteStored,
    status: 202,
    async run(row, { store }) {
      await store.variables.delete(textOf(row, 'IntegrationFlow'), textOf(row, 'VariableName'))
    },
  },
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
