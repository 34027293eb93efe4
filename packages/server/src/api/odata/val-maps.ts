import { readValueMaps, upsertValueMap, type ValueSchema } from '@sluice/iflow'
import { queryRows } from '@sluice/odata'
import { contentId } from './content-id.ts'
import type { EntitySetApi, FunctionImportApi, ToManyApi } from './definition.ts'
import { readDesign, writeDesign } from './permissions.ts'
import { deployedSubject } from './protected-subjects.ts'
import { editValueMaps, mapRow, mapsOf, schemaParameters, valueType } from './value-mapping-content.ts'

/** Pairs of values of a bidirectional mapping, reached through it only. */
export const valMaps: EntitySetApi = {
  clients: ['contiva', 'documentation'],
  set: {
    name: 'ValMaps',
    type: {
      name: 'ValMap',
      key: ['Id'],
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        Value: { type: valueType, nullable: false },
      },
    },
  },
  roles: readDesign,
}

export const valMapsOfSchema: ToManyApi = {
  list: async (schema, query, context) => queryRows((await mapsOf(schema, context)).map(mapRow), query),
  count: async (schema, query, context) => queryRows((await mapsOf(schema, context)).map(mapRow), query).length,
  find: async (schema, key, context) => (await mapsOf(schema, context)).map(mapRow).find(({ Id }) => Id === key.Id),
}

/**
 * Adds a pair of values, or changes that of `ValMapId`, else that of `SrcValue` (chosen: source values are there once). Of
 * target values that are there several times the first is the default, as in the original.
 */
export const upsertValMaps: FunctionImportApi = {
  clients: ['contiva', 'documentation'],
  functionImport: {
    name: 'UpsertValMaps',
    method: 'POST',
    returnType: { entitySet: 'ValMaps' },
    parameters: {
      ...schemaParameters,
      ValMapId: { type: 'Edm.String' },
      SrcValue: { type: 'Edm.String', nullable: false },
      TgtValue: { type: 'Edm.String', nullable: false },
      IsConfigured: { type: 'Edm.Boolean', nullable: false },
    },
  },
  roles: writeDesign,
  subjects: async ({ Id }, context) => [await deployedSubject(String(Id), context)],
  async run(parameters, context) {
    const { ValMapId, SrcValue, TgtValue, IsConfigured } = parameters
    const values = { sourceValue: String(SrcValue), targetValue: String(TgtValue) }
    const map = await editValueMaps(parameters, context, {
      state: IsConfigured === true ? 'configured' : 'kept',
      run: (table, schema) =>
        upsertValueMap(table, schema, {
          ...values,
          id: ValMapId === undefined ? undefined : String(ValMapId),
          newId: unusedId(table, schema, values.sourceValue),
        }),
    })
    return { status: 200, row: mapRow(map) }
  },
}

/** The same for the same values, so that a repeated request changes nothing. */
function unusedId(table: Uint8Array, schema: ValueSchema, sourceValue: string): string {
  const maps = readValueMaps(table, schema)
  const used = new Set('code' in maps ? [] : maps.map(({ id }) => id))
  for (let attempt = 0; ; attempt += 1) {
    const id = contentId(...Object.values(schema), sourceValue, String(attempt))
    if (!used.has(id)) return id
  }
}
