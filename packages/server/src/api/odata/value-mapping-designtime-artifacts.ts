import { deployFunction } from './deploy-function.ts'
import { plainDesigntimeArtifacts } from './designtime-artifacts.ts'
import { saveAsVersionFunction } from './save-as-version.ts'
import { schemasOfArtifact } from './val-map-schema.ts'

/** Value mappings: how different systems spell the same value. */
export const { kind: valueMappings, api: valueMappingDesigntimeArtifacts } = plainDesigntimeArtifacts('ValueMapping', {
  nullable: false,
  related: { ValMapSchema: schemasOfArtifact },
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
