import { deployFunction } from './deploy-function.ts'
import { plainDesigntimeArtifacts } from './designtime-artifacts.ts'
import { artifactResources } from './resources.ts'
import { saveAsVersionFunction } from './save-as-version.ts'

/** Message mappings that steps of flows refer to. */
export const { kind: messageMappings, api: messageMappingDesigntimeArtifacts } = plainDesigntimeArtifacts(
  'MessageMapping',
  { nullable: false, related: { Resources: artifactResources } },
)

/** Clients fail when the answer has a body. */
export const deployMessageMappingDesigntimeArtifact = deployFunction(
  'MessageMapping',
  'DeployMessageMappingDesigntimeArtifact',
  { returnType: { entitySet: 'MessageMappingDesigntimeArtifacts' }, answer: 'nothing' },
)

/** Saves a message mapping as a version. */
export const messageMappingDesigntimeArtifactSaveAsVersion = saveAsVersionFunction(
  messageMappings,
  'MessageMappingDesigntimeArtifacts',
)
