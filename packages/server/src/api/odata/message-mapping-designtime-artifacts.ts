import { deployFunction, plainDesigntimeArtifacts } from './designtime-artifacts.ts'

/** Message mappings that steps of flows refer to. */
export const { kind: messageMappings, api: messageMappingDesigntimeArtifacts } = plainDesigntimeArtifacts(
  'MessageMapping',
  { nullable: false },
)

/** Clients fail when the answer has a body. The original's metadata does not name the function, though it serves it. */
export const deployMessageMappingDesigntimeArtifact = deployFunction(
  'MessageMapping',
  'DeployMessageMappingDesigntimeArtifact',
  'nothing',
)
