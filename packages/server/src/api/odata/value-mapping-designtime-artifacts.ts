import { deployFunction, plainDesigntimeArtifacts } from './designtime-artifacts.ts'

/** Value mappings: how different systems spell the same value. */
export const { kind: valueMappings, api: valueMappingDesigntimeArtifacts } = plainDesigntimeArtifacts('ValueMapping', {
  nullable: false,
})

/** The original's metadata does not name the function, though it serves it. */
export const deployValueMappingDesigntimeArtifact = deployFunction(
  'ValueMapping',
  'DeployValueMappingDesigntimeArtifact',
)
