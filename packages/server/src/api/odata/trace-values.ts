import { type EntityRow, queryRows } from '@sluice/odata'
import type { EntitySetApi, ODataContext, ToManyApi } from './definition.ts'
import { readMonitoring, readPayloads } from './permissions.ts'
import { tracedSubjects } from './protected-subjects.ts'

/** Headers or exchange properties. */
type Kind = 'headers' | 'properties'

/** A set of values of traced messages. */
export function traceValueSet(name: string, type: string, kind: Kind): EntitySetApi {
  return {
    clients: ['CPI Helper'],
    set: {
      name,
      type: {
        name: type,
        key: ['TraceId', 'Name'],
        properties: {
          TraceId: { type: 'Edm.Int64', nullable: false },
          Name: { type: 'Edm.String', nullable: false },
          Value: { type: 'Edm.String' },
        },
      },
    },
    roles: [...readMonitoring, ...readPayloads],
    guard: { reads: ['entity'], subjects: (row, context) => tracedSubjects(Number(row.TraceId), context) },
    find: async (key, context) =>
      (await valueRows(kind, BigInt(Number(key.TraceId)), context)).find(({ Name }) => Name === key.Name),
  }
}

/** Values of one message. They are parts of one encrypted message, not rows of the store. */
export function traceValues(kind: Kind): ToManyApi {
  const rowsOf = (message: EntityRow, context: ODataContext) => valueRows(kind, message.TraceId as bigint, context)
  return {
    list: async (message, query, context) => queryRows(await rowsOf(message, context), query),
    count: async (message, query, context) => queryRows(await rowsOf(message, context), query).length,
    find: async (message, key, context) =>
      key.TraceId === message.TraceId
        ? (await rowsOf(message, context)).find(({ Name }) => Name === key.Name)
        : undefined,
  }
}

async function valueRows(kind: Kind, id: bigint, { store, now }: ODataContext): Promise<EntityRow[]> {
  const content = await store.traces.content(Number(id), now)
  return Object.entries(content?.[kind] ?? {}).map(([Name, Value]) => ({ TraceId: id, Name, Value }))
}
