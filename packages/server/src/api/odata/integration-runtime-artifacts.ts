import { type EntityBody, type EntityRow, ODataError } from '@sluice/odata'
import type { ArtifactType, Deployment } from '../../store/store.ts'
import { checkUpload, decodeBase64 } from './artifact-upload.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { changeRuntime, deployContent, downloadRuntime, readRuntime } from './permissions.ts'
import { artifactSubject, deployedSubject } from './protected-subjects.ts'

/**
 * Deployed artifacts. A row exists from the moment a deployment is accepted. Deleting one undeploys it. `$value` is the zip of what runs,
 * with the parameters of the artifact as it was imported; nothing where no deployment has succeeded.
 */
export const integrationRuntimeArtifacts: EntitySetApi = {
  clients: ['contiva', 'CPI Helper', 'documentation', 'figaf', 'FlashPipe', 'Jenkinsfiles', 'odata-mcp-proxy', 'Piper'],
  set: {
    name: 'IntegrationRuntimeArtifacts',
    type: {
      name: 'IntegrationRuntimeArtifact',
      key: ['Id'],
      hasStream: true,
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        Version: { type: 'Edm.String' },
        Name: { type: 'Edm.String' },
        Type: { type: 'Edm.String' },
        DeployedBy: { type: 'Edm.String' },
        DeployedOn: { type: 'Edm.DateTime' },
        Status: { type: 'Edm.String' },
      },
      navigations: { ErrorInformation: { target: 'RuntimeArtifactErrorInformations', many: false } },
    },
  },
  roles: readRuntime,
  guard: {
    reads: ['media'],
    subjects: async (row, context) => [await deployedSubject(String(row.Id ?? ''), context)],
  },
  mediaRoles: downloadRuntime,
  // FlashPipe takes these words for "not deployed".
  absent: 'Requested entity could not be found.',
  list: async (query, { store }) => (await store.deployments.list(query)).map(deploymentRow),
  count: (query, { store }) => store.deployments.count(query),
  async find(key, { store }) {
    const found = await store.deployments.find(textOf(key, 'Id'))
    return found && deploymentRow(found)
  },
  async media(row, { store }) {
    const id = textOf(row, 'Id')
    const body = await store.deployments.runningContent(id)
    return body && { contentType: 'application/zip', body, fileName: `${id}.zip` }
  },
  create: { roles: deployContent, accepts: { BinaryFile: { type: 'Edm.Binary' } }, run: deployFile },
  delete: {
    roles: changeRuntime,
    status: 202,
    async run(row, { deployer }) {
      await deployer.undeploy(textOf(row, 'Id'))
    },
  },
  navigations: { ErrorInformation: { get: async parent => ({ Id: parent.Id }) } },
}

/**
 * Deploys the zip of an artifact that need not be in a package, as pipelines do with what they built (documented for Neo;
 * that its property is called `BinaryFile` is in no `$metadata`). What runs under its ID is replaced when it has started.
 */
async function deployFile({ BinaryFile: file }: EntityBody, context: ODataContext): Promise<EntityRow> {
  if (typeof file !== 'string' || file === '') {
    throw new ODataError('invalid-value', 'Expected "BinaryFile" to be the zip of an artifact in base64, found none')
  }
  const { content, bundle } = await checkUpload(decodeBase64('BinaryFile', file), undefined, undefined)
  const { id, name, version } = bundle
  const { store, deployer, user } = context
  const packageId = (await store.artifacts.find(id))?.packageId ?? ''
  const artifact = { id, name, version, packageId, type: bundle.type as ArtifactType }
  await context.requireAccess(async () => [
    await artifactSubject(artifact, context),
    await deployedSubject(id, context),
  ])
  await deployer.deploy({ artifact, content, configurations: new Map() }, user)
  const found = await store.deployments.find(id)
  if (!found) throw new ODataError('not-found', 'Requested entity could not be found.')
  return deploymentRow(found)
}

const types: Readonly<Record<Deployment['type'], string>> = {
  IntegrationFlow: 'INTEGRATION_FLOW',
  MessageMapping: 'MESSAGE_MAPPING',
  ScriptCollection: 'SCRIPT_COLLECTION',
  ValueMapping: 'VALUE_MAPPING',
}

function deploymentRow(deployment: Deployment): EntityRow {
  return {
    Id: deployment.id,
    Version: deployment.version,
    Name: deployment.name,
    Type: types[deployment.type],
    DeployedBy: deployment.deployedBy,
    DeployedOn: deployment.deployedAt,
    Status: deployment.status,
  }
}
