import { deleteValueSchema, type ValueSchema } from '@sluice/iflow'
import { type EntityRow, queryRows } from '@sluice/odata'
import { artifactOf, artifactRow, openArtifactOf } from './change-artifact.ts'
import { defaultValMapsOfSchema } from './default-val-maps.ts'
import type { EntitySetApi, FunctionImportApi, ODataContext, ToManyApi } from './definition.ts'
import { readDesign, writeDesign } from './permissions.ts'
import { deployedSubject } from './protected-subjects.ts'
import { valMapsOfSchema } from './val-maps.ts'
import { editValueMaps, isSameSchema, schemaOf, schemaParameters, schemasIn } from './value-mapping-content.ts'

/** Bidirectional mappings of a value mapping artifact, reached through it only. */
export const valMapSchema: EntitySetApi = {
  clients: ['contiva', 'documentation', 'odata-mcp-proxy'],
  set: {
    name: 'ValMapSchema',
    type: {
      name: 'ValMapSchema',
      key: ['SrcAgency', 'SrcId', 'TgtAgency', 'TgtId'],
      properties: {
        SrcAgency: { type: 'Edm.String', nullable: false },
        SrcId: { type: 'Edm.String', nullable: false },
        TgtAgency: { type: 'Edm.String', nullable: false },
        TgtId: { type: 'Edm.String', nullable: false },
        State: { type: 'Edm.String' },
      },
      navigations: {
        ValMaps: { target: 'ValMaps', many: true },
        DefaultValMaps: { target: 'DefaultValMaps', many: true },
      },
    },
  },
  roles: readDesign,
  navigations: { ValMaps: valMapsOfSchema, DefaultValMaps: defaultValMapsOfSchema },
}

/** In the direction in which the table has them first. `State` is `Configured`, or null. */
export const schemasOfArtifact: ToManyApi = {
  list: async (artifact, query, context) => queryRows(await schemaRows(artifact, context), query),
  count: async (artifact, query, context) => queryRows(await schemaRows(artifact, context), query).length,
  find: async (artifact, key, context) =>
    (await schemaRows(artifact, context)).find(row => isSameSchema(schemaOf(row), schemaOf(key))),
}

async function schemaRows(row: EntityRow, context: ODataContext): Promise<readonly EntityRow[]> {
  const opened = await openArtifactOf(row, context)
  const configured = await context.store.valueMappings.configured(opened.artifact.id)
  const artifact = artifactOf(row)
  return (await schemasIn(opened)).map(schema => {
    const state = configured.some(other => isSameSchema(other, schema)) ? 'Configured' : null
    return artifactRow(artifact, { ...schemaRow(schema), State: state })
  })
}

function schemaRow(schema: ValueSchema): EntityRow {
  return {
    SrcAgency: schema.sourceAgency,
    SrcId: schema.sourceIdentifier,
    TgtAgency: schema.targetAgency,
    TgtId: schema.targetIdentifier,
  }
}

/** Deletes a bidirectional mapping with all its values. */
export const deleteValMaps: FunctionImportApi = {
  clients: ['contiva', 'documentation'],
  functionImport: {
    name: 'DeleteValMaps',
    method: 'POST',
    returnType: 'Edm.String',
    parameters: schemaParameters,
  },
  roles: writeDesign,
  subjects: async ({ Id }, context) => [await deployedSubject(String(Id), context)],
  async run(parameters, context) {
    await editValueMaps(parameters, context, {
      state: 'cleared',
      run(table, schema) {
        const left = deleteValueSchema(table, schema)
        if (!(left instanceof Uint8Array)) return left
        return { bytes: left, map: { id: '', sourceValue: '', targetValue: '', isDefault: false } }
      },
    })
    return { status: 200, text: '' }
  },
}
