import { setDefaultValueMap } from '@sluice/iflow'
import { type EntityRow, queryRows } from '@sluice/odata'
import type { EntitySetApi, FunctionImportApi, ODataContext, ToManyApi } from './definition.ts'
import { readDesign, writeDesign } from './permissions.ts'
import { deployedSubject } from './protected-subjects.ts'
import { editValueMaps, mapRow, mapsOf, schemaParameters, valueType } from './value-mapping-content.ts'

/** Pairs of values that are defaults: what their target value, which is there several times, goes back to. */
export const defaultValMaps: EntitySetApi = {
  clients: ['contiva', 'documentation'],
  set: {
    name: 'DefaultValMaps',
    type: {
      name: 'DefaultValMap',
      key: ['Id'],
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        Value: { type: valueType, nullable: false },
      },
    },
  },
  roles: readDesign,
}

export const defaultValMapsOfSchema: ToManyApi = {
  list: async (schema, query, context) => queryRows(await defaultRows(schema, context), query),
  count: async (schema, query, context) => queryRows(await defaultRows(schema, context), query).length,
  find: async (schema, key, context) => (await defaultRows(schema, context)).find(({ Id }) => Id === key.Id),
}

async function defaultRows(schema: EntityRow, context: ODataContext): Promise<readonly EntityRow[]> {
  return (await mapsOf(schema, context)).filter(({ isDefault }) => isDefault).map(mapRow)
}

/** Makes a pair of values the default of its target value. */
export const updateDefaultValMap: FunctionImportApi = {
  clients: ['contiva', 'documentation'],
  functionImport: {
    name: 'UpdateDefaultValMap',
    method: 'POST',
    returnType: { entitySet: 'DefaultValMaps' },
    parameters: {
      ...schemaParameters,
      ValMapId: { type: 'Edm.String', nullable: false },
      IsConfigured: { type: 'Edm.Boolean', nullable: false },
    },
  },
  roles: writeDesign,
  subjects: async ({ Id }, context) => [await deployedSubject(String(Id), context)],
  async run(parameters, context) {
    const map = await editValueMaps(parameters, context, {
      state: parameters.IsConfigured === true ? 'configured' : 'kept',
      run: (table, schema) => setDefaultValueMap(table, schema, String(parameters.ValMapId)),
    })
    return { status: 200, row: mapRow(map) }
  },
}
