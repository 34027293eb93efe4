import { flag, tab, text } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { Body } from '../run/body.ts'
import { Failure } from '../run/failure.ts'
import { compileKnownId, compileStore, storeProps } from './data-store/data-store.ts'

export const dataStoreGet = defineStep({
  type: 'get',
  label: 'Data Store Get',
  doc: [
    'Replaces the body by that of an entry of a data store, and adds the headers that were stored with it. Headers',
    '`SAP_DataStoreCreatedAt` and `SAP_DataStoreExpiresAt` are times in UTC such as `2025-03-14T15:09:26.535Z`; header',
    '`SAP_DatastoreEntryFound` says whether there was an entry.',
  ].join(' '),
  versions: { from: '1.0', to: '1.7' },
  group: 'Persistence',
  element: { version: '1.7.1', properties: { activityType: 'DBstorage', operation: 'get' } },
  leaves: 'one',
  props: tab('Processing', {
    ...storeProps,
    dataStoreId: text(
      'Entry ID',
      'ID of the entry: a Simple expression, or `${xpath./a/b}`. Empty: header `SapDataStoreId`.',
      { default: '', expression: 'simple' },
    ),
    delete: flag(
      'Delete on Completion',
      'Whether the entry is deleted when the message has been processed, unless it failed.',
      { default: false },
    ),
    stopOnMissingEntry: flag(
      'Throw Exception on Missing Entry',
      'Whether a missing entry fails the step; otherwise the message goes on as it is.',
      { default: true },
    ),
  }),
  examples: [
    {
      title: 'An entry that there is not',
      properties: { storageName: 'Orders', dataStoreId: '${header.id}', stopOnMissingEntry: 'false' },
      input: { body: 'order', headers: { id: '42' } },
      output: { body: 'order', headers: { SAP_DatastoreEntryFound: false } },
    },
    {
      title: 'An entry that there should be',
      properties: { storageName: 'Orders', dataStoreId: '${header.id}' },
      input: { headers: { id: '42' } },
      status: 'FAILED',
      failure: 'entry-missing',
    },
  ],
  compile: async (props, context) => {
    const storeOf = await compileStore(props, context)
    const idOf = await compileKnownId(props.dataStoreId, context)
    if (storeOf === undefined || idOf === undefined) return undefined
    return async (exchange, scope) => {
      const key = { ...storeOf(exchange, scope), id: idOf(exchange, scope) }
      const entry = await scope.ports.dataStores.find(key)
      exchange.headers.set('SAP_DatastoreEntryFound', entry !== undefined)
      if (entry === undefined) {
        if (!props.stopOnMissingEntry) return undefined
        throw new Failure(`Expected entry "${key.id}" in data store "${key.store}", found none.`, {
          code: 'entry-missing',
          exception: { className: 'com.sap.esb.datastore.MessageNotFoundException', properties: {} },
        })
      }
      exchange.body = Body.of(entry.body)
      for (const [name, value] of Object.entries(entry.headers)) exchange.headers.set(name, value)
      exchange.headers.set('SAP_DataStoreCreatedAt', new Date(entry.createdAt).toISOString())
      exchange.headers.set('SAP_DataStoreExpiresAt', new Date(entry.expiresAt).toISOString())
      if (props.delete) scope.onCompletion({ kind: 'delete-entry', ...key })
      return undefined
    }
  },
})
