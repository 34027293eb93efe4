import { type Bundle, openBundle } from '@sluice/iflow'
import { type EntityBody, type EntityRow, type Key, ODataError, queryRows } from '@sluice/odata'
import { type ArchiveFiles, readArchive } from '../../runtime/archive.ts'
import { artifactOf, checkCurrent, openArtifactOf, refusal } from './change-artifact.ts'
import { type EntitySetApi, type ODataContext, type ToManyApi, textOf } from './definition.ts'
import { configureArtifact, readDesign } from './permissions.ts'

/** Externalised parameters of an integration flow, reached through their artifact only. */
export const configurations: EntitySetApi = {
  clients: [
    'cig',
    'contiva',
    'documentation',
    'FlashPipe',
    'Jenkinsfiles',
    'mcp-integration-suite',
    'odata-mcp-proxy',
    'Piper',
    'Postman',
  ],
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

/**
 * Externalised parameters of an artifact. The values come from `parameters.prop`, unless configured; types and descriptions
 * from `parameters.propdef`. Any text is taken as a value: what does not fit shows when the artifact is deployed.
 */
export const artifactConfigurations: ToManyApi = {
  list: async (artifact, query, context) => queryRows(await configurationRows(artifact, context), query),
  count: async (artifact, query, context) => queryRows(await configurationRows(artifact, context), query).length,
  find: async (artifact, key, context) =>
    (await configurationRows(artifact, context)).find(row => row.ParameterKey === key.ParameterKey),
  updateLink: { roles: configureArtifact, status: 202, run: configure },
}

/** All values of an artifact are read at once. Certificates and whole schedules are far shorter. */
const valueCharactersMax = 262_144

async function configure(row: EntityRow, key: Key, body: EntityBody, context: ODataContext): Promise<void> {
  checkCurrent(artifactOf(row))
  const { artifact, content, configurations: configured } = await openArtifactOf(row, context)
  const name = textOf(key, 'ParameterKey')
  if (!parametersOf(openStored(await readArchive(content))).has(name)) {
    throw new ODataError('not-found', `Expected a parameter of the integration flow, found "${name}"`)
  }
  const value = body.ParameterValue
  if (typeof value !== 'string') {
    throw new ODataError('malformed-body', 'Expected a text in "ParameterValue", found none')
  }
  if (value.length > valueCharactersMax) {
    const expected = `Expected at most ${valueCharactersMax} characters in "ParameterValue"`
    throw new ODataError('invalid-value', `${expected}, found ${value.length}`)
  }
  const change = { name, value, before: configured.get(name) }
  const isDone = await context.store.artifacts.configure(artifact, change, { by: context.user, at: context.now })
  if (!isDone) throw await refusal(artifact, context)
}

async function configurationRows(artifact: EntityRow, context: ODataContext): Promise<EntityRow[]> {
  const { content, configurations: configured } = await openArtifactOf(artifact, context)
  const bundle = openStored(await readArchive(content))
  const definitions = new Map(bundle.parameterDefinitions.map(definition => [definition.name, definition]))
  return [...parametersOf(bundle)].map(name => ({
    ParameterKey: name,
    ParameterValue: configured.get(name) ?? bundle.parameters.get(name) ?? '',
    DataType: definitions.get(name)?.type ?? 'xsd:string',
    Description: definitions.get(name)?.description ?? '',
  }))
}

function parametersOf({ parameterDefinitions, parameters }: Bundle): ReadonlySet<string> {
  return new Set([...parameterDefinitions.map(({ name }) => name), ...parameters.keys()])
}

/** A stored artifact. Uploads are checked, so that one that cannot be read is a bug. */
export function openStored(files: ArchiveFiles): Bundle {
  const { bundle } = openBundle(files)
  if (!bundle) throw new Error('Expected a readable artifact in the store')
  return bundle
}
