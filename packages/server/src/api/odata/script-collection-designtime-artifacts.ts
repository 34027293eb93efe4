import { deployFunction } from './deploy-function.ts'
import { plainDesigntimeArtifacts } from './designtime-artifacts.ts'
import { artifactResources } from './resources.ts'
import { saveAsVersionFunction } from './save-as-version.ts'

/** Script collections: scripts that steps of flows call. */
export const { kind: scriptCollections, api: scriptCollectionDesigntimeArtifacts } = plainDesigntimeArtifacts(
  'ScriptCollection',
  { nullable: true, related: { Resources: artifactResources } },
)

/** Starts the deployment of a script collection. */
export const deployScriptCollectionDesigntimeArtifact = deployFunction(
  'ScriptCollection',
  'DeployScriptCollectionDesigntimeArtifact',
)

/** Saves a script collection as a version. */
export const scriptCollectionDesigntimeArtifactSaveAsVersion = saveAsVersionFunction(
  scriptCollections,
  'ScriptCollectionDesigntimeArtifacts',
)
