import { ODataError } from '@sluice/odata'
import type { FunctionImportApi } from './definition.ts'
import { isVersionOf } from './integration-designtime-artifacts.ts'
import { deployArtifact } from './permissions.ts'

/** Starts a deployment. The answer is the bare task ID, for `BuildAndDeployStatus`; the body of the request is ignored. */
export const deployIntegrationDesigntimeArtifact: FunctionImportApi = {
  functionImport: {
    name: 'DeployIntegrationDesigntimeArtifact',
    method: 'POST',
    returnType: 'Edm.String',
    parameters: {
      Id: { type: 'Edm.String', nullable: false },
      Version: { type: 'Edm.String', nullable: false },
    },
  },
  roles: deployArtifact,
  async run(parameters, { store, deployer, user }) {
    const artifact = await store.artifacts.find(String(parameters.Id))
    if (!artifact || !isVersionOf(artifact, String(parameters.Version))) {
      throw new ODataError('not-found', 'Integration design time artifact not found')
    }
    return { status: 202, text: await deployer.deploy(artifact.id, user) }
  },
}
