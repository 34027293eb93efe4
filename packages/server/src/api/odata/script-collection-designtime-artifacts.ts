import type { EntitySetApi } from './definition.ts'
import { type DesigntimeKind, deployFunction, designtimeOperations, sharedRow } from './designtime-artifacts.ts'

/** Script collections: scripts that steps of flows call */
export const scriptCollections: DesigntimeKind = { type: 'ScriptCollection', row: sharedRow }

/** Script collections: scripts that steps of flows call, as they are designed. */
export const scriptCollectionDesigntimeArtifacts: EntitySetApi = {
  set: {
    name: 'ScriptCollectionDesigntimeArtifacts',
    type: {
      name: 'ScriptCollectionDesigntimeArtifact',
      key: ['Id', 'Version'],
      hasStream: true,
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        Version: { type: 'Edm.String', nullable: false },
        PackageId: { type: 'Edm.String' },
        Name: { type: 'Edm.String' },
        Description: { type: 'Edm.String' },
        ArtifactContent: { type: 'Edm.Binary' },
      },
    },
  },
  ...designtimeOperations(scriptCollections),
}

/** Starts the deployment of a script collection. */
export const deployScriptCollectionDesigntimeArtifact = deployFunction(
  'ScriptCollection',
  'DeployScriptCollectionDesigntimeArtifact',
)
