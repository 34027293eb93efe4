import { Problem } from '../../http/problem.ts'
import type { ArtifactType, Deployment } from '../../store/store.ts'
import { type CommandContext, type CommandObject, type Parameters, textIn } from './command.ts'

const types: Readonly<Record<ArtifactType, string>> = {
  IntegrationFlow: 'INTEGRATION_FLOW',
  MessageMapping: 'MESSAGE_MAPPING',
  ScriptCollection: 'SCRIPT_COLLECTION',
  ValueMapping: 'VALUE_MAPPING',
}

const deployStates: Readonly<Record<Deployment['status'], string>> = {
  STARTING: 'DEPLOYING',
  STARTED: 'DEPLOYED',
  ERROR: 'ERROR',
}

/** What is deployed, as the original's pages describe it. Deployments have no other ID than their artifact's. */
export async function artifactInformation(
  { id, name, type, version, status, deployedBy, deployedAt }: Deployment,
  { store, subaccount }: CommandContext,
): Promise<CommandObject> {
  const packageId = (await store.artifacts.find(id))?.packageId
  const packageName = packageId && (await store.packages.find(packageId))?.name
  return {
    id,
    tenantId: subaccount,
    name,
    symbolicName: id,
    type: types[type],
    nodeType: 'IFLMAP',
    version,
    deployState: deployStates[status],
    semanticState: status,
    deployedBy,
    deployedOn: new Date(deployedAt).toISOString().slice(0, -1),
    tags: packageName ? [{ name: 'artifact.package.name', value: packageName }] : [],
  }
}

/** The deployment that parameter `artifactId` names. Throws `Problem` (400, 404). */
export async function wantedDeployment(parameters: Parameters, name: string, { store }: CommandContext) {
  const id = textIn(parameters, name)
  if (id === undefined)
    throw new Problem(400, 'missing-parameter', `Expected an artifact's ID in "${name}", found none.`)
  const deployment = await store.deployments.find(id)
  if (deployment) return deployment
  throw new Problem(404, 'unknown-artifact', `Expected a deployed artifact, found none with ID "${id}".`)
}
