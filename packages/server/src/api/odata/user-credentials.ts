import type { EntitySetApi } from './definition.ts'
import { descriptorOf, securityArtifactDescriptor, securityMaterial } from './security-material.ts'

const kinds = ['default', 'successfactors', 'openconnectors']

/** Users and passwords with which flows call other systems. `Kind` is `default` unless it is given. */
export const userCredentials: EntitySetApi = {
  clients: ['contiva', 'figaf', 'odata-mcp-proxy'],
  set: {
    name: 'UserCredentials',
    type: {
      name: 'UserCredential',
      key: ['Name'],
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        Kind: { type: 'Edm.String' },
        Description: { type: 'Edm.String' },
        User: { type: 'Edm.String' },
        Password: { type: 'Edm.String' },
        CompanyId: { type: 'Edm.String' },
        SecurityArtifactDescriptor: { type: securityArtifactDescriptor, nullable: false },
      },
    },
  },
  ...securityMaterial({
    kind: 'user',
    secret: 'Password',
    attributes: { User: 'user', Kind: 'kind', CompanyId: 'companyId' },
    row: credential => ({
      Name: credential.name,
      Kind: credential.attributes.kind ?? 'default',
      Description: credential.description,
      User: credential.attributes.user ?? '',
      CompanyId: credential.attributes.companyId ?? null,
      SecurityArtifactDescriptor: descriptorOf(credential),
    }),
    problem: ({ kind = 'default' }) =>
      kinds.includes(kind) ? undefined : `Expected "Kind" to be ${kinds.join(' or ')}, found "${kind.slice(0, 100)}"`,
  }),
}
