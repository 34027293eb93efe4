import { deployFunction } from './deploy-function.ts'
import { plainDesigntimeArtifacts } from './designtime-artifacts.ts'

/** Script collections: scripts that steps of flows call. */
export const { kind: scriptCollections, api: scriptCollectionDesigntimeArtifacts } = plainDesigntimeArtifacts(
  'ScriptCollection',
  { nullable: true },
)

/** Starts the deployment of a script collection. */
export const deployScriptCollectionDesigntimeArtifact = deployFunction(
  'ScriptCollection',
  'DeployScriptCollectionDesigntimeArtifact',
)
