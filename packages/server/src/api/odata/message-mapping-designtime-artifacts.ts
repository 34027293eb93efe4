import { deployFunction } from './deploy-function.ts'
import { plainDesigntimeArtifacts } from './designtime-artifacts.ts'

/** Message mappings that steps of flows refer to. */
export const { kind: messageMappings, api: messageMappingDesigntimeArtifacts } = plainDesigntimeArtifacts(
  'MessageMapping',
  { nullable: false },
)

/** Clients fail when the answer has a body. */
export const deployMessageMappingDesigntimeArtifact = deployFunction(
  'MessageMapping',
  'DeployMessageMappingDesigntimeArtifact',
  { returnType: { entitySet: 'MessageMappingDesigntimeArtifacts' }, answer: 'nothing' },
)
