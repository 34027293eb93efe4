import { flag, tab, text, wholeNumber } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import {
  compileEntryId,
  compileStore,
  dataStoreLimits,
  dayMs,
  randomId,
  storedBody,
  storedHeaders,
  storeProps,
} from './data-store/data-store.ts'

export const dataStoreWrite = defineStep({
  type: 'put',
  label: 'Data Store Write',
  doc: [
    'Writes the body into a data store. With transaction handling it is there for others when the process has ended well,',
    'otherwise at once. Header `SapDataStoreId` then has the ID of the entry: steps behind that name no ID mean this one. A',
    'body of more than 40 MiB fails the step.',
  ].join(' '),
  versions: { from: '1.0', to: '1.7' },
  group: 'Persistence',
  element: { version: '1.7.1', properties: { activityType: 'DBstorage', operation: 'put' } },
  leaves: 'one',
  props: tab('Processing', {
    ...storeProps,
    messageId: text(
      'Entry ID',
      `ID of the entry: a Simple expression, or \`\${xpath./a/b}\`; at most ${dataStoreLimits.idMax} characters. Empty: header \`SapDataStoreId\`, else one is made.`,
      { default: '', expression: 'simple' },
    ),
    alert: wholeNumber('Retention Threshold for Alerting (in d)', 'Days after which the entry counts as overdue.', {
      default: 2,
      min: 0,
      max: 999,
    }),
    expire: wholeNumber('Expiration Period (in d)', 'Days after which the entry is deleted.', {
      default: 30,
      min: 1,
      max: 180,
    }),
    encrypt: flag('Encrypt Stored Message', 'Whether the message is encrypted in the store.', { default: true }),
    override: flag(
      'Overwrite Existing Message',
      'Whether an entry of the same ID is replaced; otherwise it fails the step and, with transaction handling, the message, whatever the exception subprocess does.',
      { default: false },
    ),
    includeMessageHeaders: flag(
      'Include Message Headers',
      'Whether headers are stored, too, but for `Camel*` and `SAP_*`.',
      { default: false },
    ),
  }),
  examples: [
    {
      title: 'An ID that is made',
      properties: { storageName: 'Orders', visibility: 'global' },
      input: { body: '<order/>' },
      output: { body: '<order/>', headers: { SapDataStoreId: 'f3c9ebfd-2b30-405c-b071-0a2ebd22e0b2' } },
    },
    {
      title: 'An ID of the message',
      properties: { storageName: 'Orders', messageId: '${xpath./order/@id}' },
      input: { body: '<order id="42"/>' },
      output: { headers: { SapDataStoreId: '42' } },
    },
    {
      title: 'A name with white space',
      properties: { storageName: 'My Orders' },
      status: 'FAILED',
      failure: 'data-store',
    },
  ],
  compile: async (props, context) => {
    const storeOf = await compileStore(props, context)
    const idOf = await compileEntryId(props.messageId, context)
    if (storeOf === undefined || idOf === undefined) return undefined
    return async (exchange, scope) => {
      const reference = storeOf(exchange, scope)
      const id = idOf(exchange, scope) || randomId(scope)
      const createdAt = scope.ports.clock.now()
      const headers = props.includeMessageHeaders ? storedHeaders(exchange) : {}
      await scope.ports.dataStores.apply([
        {
          kind: 'put-entry',
          ...reference,
          entry: {
            id,
            body: storedBody(exchange),
            headers,
            messageGuid: scope.messageGuid,
            createdAt,
            expiresAt: createdAt + props.expire * dayMs,
          },
          overdueAt: createdAt + props.alert * dayMs,
          encrypted: props.encrypt,
          overwrites: props.override,
        },
      ])
      exchange.headers.set('SapDataStoreId', id)
      return undefined
    }
  },
})
