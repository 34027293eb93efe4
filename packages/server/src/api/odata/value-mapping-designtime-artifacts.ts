import { deployFunction } from './deploy-function.ts'
import { plainDesigntimeArtifacts } from './designtime-artifacts.ts'
import { saveAsVersionFunction } from './save-as-version.ts'

/** Value mappings: how different systems spell the same value. */
export const { kind: valueMappings, api: valueMappingDesigntimeArtifacts } = plainDesigntimeArtifacts('ValueMapping', {
  nullable: false,
  hasResources: false,
})

export const deployValueMappingDesigntimeArtifact = deployFunction(
  'ValueMapping',
  'DeployValueMappingDesigntimeArtifact',
  { returnType: { entitySet: 'ValueMappingDesigntimeArtifacts' } },
)

/** Saves a value mapping as a version. */
export const valueMappingDesigntimeArtifactSaveAsVersion = saveAsVersionFunction(
  valueMappings,
  'ValueMappingDesigntimeArtifacts',
)
