import type { EntitySetApi } from './definition.ts'
import { type DesigntimeKind, deployFunction, designtimeOperations, sharedRow } from './designtime-artifacts.ts'

/** Value mappings: how different systems spell the same value */
export const valueMappings: DesigntimeKind = { type: 'ValueMapping', row: sharedRow }

/** Value mappings: how different systems spell the same value, as they are designed. */
export const valueMappingDesigntimeArtifacts: EntitySetApi = {
  set: {
    name: 'ValueMappingDesigntimeArtifacts',
    type: {
      name: 'ValueMappingDesigntimeArtifact',
      key: ['Id', 'Version'],
      hasStream: true,
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        Version: { type: 'Edm.String', nullable: false },
        PackageId: { type: 'Edm.String', nullable: false },
        Name: { type: 'Edm.String', nullable: false },
        Description: { type: 'Edm.String' },
        ArtifactContent: { type: 'Edm.Binary' },
      },
    },
  },
  ...designtimeOperations(valueMappings),
}

/** The original's metadata does not name the function, though it serves it. */
export const deployValueMappingDesigntimeArtifact = deployFunction(
  'ValueMapping',
  'DeployValueMappingDesigntimeArtifact',
)
