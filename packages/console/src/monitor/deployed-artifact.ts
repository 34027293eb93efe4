import { callFunction } from '../api/odata.ts'

/** A deployed artifact. */
export interface DeployedArtifact {
  readonly Id: string
  readonly Name: string
  readonly Type: string
  readonly Version: string
  readonly Status: string
  readonly DeployedBy: string | null
  readonly DeployedOn: string | null
}

const deployFunctions: Readonly<Record<string, string>> = {
  INTEGRATION_FLOW: 'DeployIntegrationDesigntimeArtifact',
  MESSAGE_MAPPING: 'DeployMessageMappingDesigntimeArtifact',
  SCRIPT_COLLECTION: 'DeployScriptCollectionDesigntimeArtifact',
  VALUE_MAPPING: 'DeployValueMappingDesigntimeArtifact',
}

/** Deploys what its package has of it: it starts anew. */
export function deployAgain({ Id, Type }: DeployedArtifact): Promise<string> {
  const name = deployFunctions[Type]
  if (name === undefined) throw new Error(`Expected an artifact that can be deployed, found one of type ${Type}`)
  return callFunction(name, { Id, Version: 'active' })
}
