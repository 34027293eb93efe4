import { tab, text } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { compileKnownId, compileStore, storeProps, variablesStore } from './data-store/data-store.ts'

export const dataStoreDelete = defineStep({
  type: 'delete',
  label: 'Data Store Delete',
  doc: [
    `Deletes an entry of a data store; one that does not exist is no mistake. Entries of \`${variablesStore}\` are variables,`,
    'by their names.',
  ].join(' '),
  versions: { from: '1.0', to: '1.7' },
  group: 'Persistence',
  element: { version: '1.7.1', properties: { activityType: 'DBstorage', operation: 'delete' } },
  leaves: 'one',
  props: tab('Processing', {
    ...storeProps,
    messageId: text(
      'Entry ID',
      'ID of the entry: a Simple expression, or `${xpath./a/b}`. Empty: header `SapDataStoreId`.',
      { default: '', expression: 'simple' },
    ),
  }),
  examples: [
    {
      title: 'An entry that there is not',
      properties: { storageName: 'Orders', messageId: '${xpath./order/@id}' },
      input: { body: '<order id="42"/>' },
      output: { body: '<order id="42"/>' },
    },
    { title: 'No ID', properties: { storageName: 'Orders' }, status: 'FAILED', failure: 'data-store' },
  ],
  compile: async (props, context) => {
    const storeOf = await compileStore(props, context)
    const idOf = await compileKnownId(props.messageId, context)
    if (storeOf === undefined || idOf === undefined) return undefined
    return async (exchange, scope) => {
      const key = { ...storeOf(exchange, scope), id: idOf(exchange, scope) }
      await scope.ports.dataStores.apply([
        key.store === variablesStore
          ? { kind: 'delete-variable', flowId: key.flowId, name: key.id }
          : { kind: 'delete-entry', ...key },
      ])
      return undefined
    }
  },
})
