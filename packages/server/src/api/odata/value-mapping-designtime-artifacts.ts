import { deployFunction } from './deploy-function.ts'
import { plainDesigntimeArtifacts } from './designtime-artifacts.ts'

/** Value mappings: how different systems spell the same value. */
export const { kind: valueMappings, api: valueMappingDesigntimeArtifacts } = plainDesigntimeArtifacts('ValueMapping', {
  nullable: false,
})

export const deployValueMappingDesigntimeArtifact = deployFunction(
  'ValueMapping',
  'DeployValueMappingDesigntimeArtifact',
  { returnType: { entitySet: 'ValueMappingDesigntimeArtifacts' } },
)
