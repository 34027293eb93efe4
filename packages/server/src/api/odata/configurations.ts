import { type Bundle, openBundle } from '@sluice/iflow'
import { type EntityRow, ODataError, queryRows } from '@sluice/odata'
import { readArchive } from '../../runtime/archive.ts'
import { type EntitySetApi, type ODataContext, type ToManyApi, textOf } from './definition.ts'
import { configureArtifact, readDesign } from './permissions.ts'

/** Externalised parameters of an integration flow, reached through their artifact only. */
export const configurations: EntitySetApi = {
  set: {
    name: 'Configurations',
    type: {
      name: 'Configuration',
      key: ['ParameterKey'],
      properties: {
        ParameterKey: { type: 'Edm.String', nullable: false },
        ParameterValue: { type: 'Edm.String' },
        DataType: { type: 'Edm.String' },
        Description: { type: 'Edm.String' },
      },
    },
  },
  roles: readDesign,
}

/** The values come from `parameters.prop`, unless configured; types and descriptions from `parameters.propdef`. */
export const artifactConfigurations: ToManyApi = {
  list: async (artifact, query, context) => queryRows(await configurationRows(artifact, context), query),
  count: async (artifact, query, context) => queryRows(await configurationRows(artifact, context), query).length,
  find: async (artifact, key, context) =>
    (await configurationRows(artifact, context)).find(row => row.ParameterKey === key.ParameterKey),
  updateLink: {
    roles: configureArtifact,
    status: 202,
    async run(artifact, key, body, context) {
      const name = textOf(key, 'ParameterKey')
      const rows = await configurationRows(artifact, context)
      if (!rows.some(row => row.ParameterKey === name)) {
        throw new ODataError('not-found', `Expected a parameter of the integration flow, found "${name}"`)
      }
      const value = body.ParameterValue
      if (typeof value !== 'string') {
        throw new ODataError('malformed-body', 'Expected a text in "ParameterValue", found none')
      }
      await context.store.artifacts.configure(textOf(artifact, 'Id'), new Map([[name, value]]))
    },
  },
}

async function configurationRows(artifact: EntityRow, context: ODataContext): Promise<EntityRow[]> {
  const { bundle, configured } = await openStoredBundle(textOf(artifact, 'Id'), context)
  const definitions = new Map(bundle.parameterDefinitions.map(definition => [definition.name, definition]))
  const names = new Set([...definitions.keys(), ...bundle.parameters.keys()])
  return [...names].map(name => ({
    ParameterKey: name,
    ParameterValue: configured.get(name) ?? bundle.parameters.get(name) ?? '',
    DataType: definitions.get(name)?.type ?? 'xsd:string',
    Description: definitions.get(name)?.description ?? '',
  }))
}

/** A stored artifact, opened, with its configured values. Uploads are checked, so that one that cannot be opened is a bug. */
export async function openStoredBundle(
  id: string,
  { store }: ODataContext,
): Promise<{ bundle: Bundle; configured: ReadonlyMap<string, string> }> {
  const content = await store.artifacts.findContent(id)
  const bundle = content && openBundle(await readArchive(content)).bundle
  if (!bundle) throw new Error(`Expected a readable artifact "${id}" in the store`)
  return { bundle, configured: await store.artifacts.configurations(id) }
}
