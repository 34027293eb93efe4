import type { EntityRow } from '@sluice/odata'
import type { Deployment } from '../../store/store.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { changeRuntime, readRuntime } from './permissions.ts'

/** Deployed artifacts. A row exists from the moment a deployment is accepted. Deleting one undeploys it. */
export const integrationRuntimeArtifacts: EntitySetApi = {
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
  // FlashPipe takes these words for "not deployed".
  absent: 'Requested entity could not be found.',
  list: async (query, { store }) => (await store.deployments.list(query)).map(deploymentRow),
  count: (query, { store }) => store.deployments.count(query),
  async find(key, { store }) {
    const found = await store.deployments.find(textOf(key, 'Id'))
    return found && deploymentRow(found)
  },
  delete: {
    roles: changeRuntime,
    status: 202,
    async run(row, { deployer }) {
      await deployer.undeploy(textOf(row, 'Id'))
    },
  },
  navigations: { ErrorInformation: { get: async parent => ({ Id: parent.Id }) } },
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
