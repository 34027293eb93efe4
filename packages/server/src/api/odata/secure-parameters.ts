import type { EntitySetApi } from './definition.ts'
import { securityMaterial } from './security-material.ts'

/** Secret texts that scripts and adapters read. */
export const secureParameters: EntitySetApi = {
  clients: ['contiva', 'odata-mcp-proxy'],
  set: {
    name: 'SecureParameters',
    type: {
      name: 'SecureParameter',
      key: ['Name'],
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        Description: { type: 'Edm.String' },
        SecureParam: { type: 'Edm.String' },
        DeployedBy: { type: 'Edm.String' },
        DeployedOn: { type: 'Edm.DateTime' },
        Status: { type: 'Edm.String' },
      },
    },
  },
  ...securityMaterial({
    kind: 'secure-parameter',
    secret: 'SecureParam',
    attributes: {},
    row: ({ name, description, deployedBy, deployedAt }) => ({
      Name: name,
      Description: description,
      DeployedBy: deployedBy,
      DeployedOn: deployedAt,
      Status: 'DEPLOYED',
    }),
  }),
}
