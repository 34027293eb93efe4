import type { EntitySetApi } from './definition.ts'
import { descriptorOf, securityArtifactDescriptor, securityMaterial } from './security-material.ts'

/**
 * Clients with which flows fetch tokens of other systems (RFC 6749 section 4.4). `ClientAuthentication` is `body`
 * (the default) or `header`; a `ScopeContentType` that contains `json` sends the request as JSON instead of a form.
 */
export const oauth2ClientCredentials: EntitySetApi = {
  set: {
    name: 'OAuth2ClientCredentials',
    type: {
      name: 'OAuth2ClientCredential',
      key: ['Name'],
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        Description: { type: 'Edm.String' },
        TokenServiceUrl: { type: 'Edm.String', nullable: false },
        ClientId: { type: 'Edm.String', nullable: false },
        ClientSecret: { type: 'Edm.String' },
        ClientAuthentication: { type: 'Edm.String' },
        Scope: { type: 'Edm.String' },
        ScopeContentType: { type: 'Edm.String' },
        Resource: { type: 'Edm.String' },
        Audience: { type: 'Edm.String' },
        SecurityArtifactDescriptor: { type: securityArtifactDescriptor, nullable: false },
      },
    },
  },
  ...securityMaterial({
    kind: 'oauth2-client',
    secret: 'ClientSecret',
    attributes: {
      TokenServiceUrl: 'tokenServiceUrl',
      ClientId: 'clientId',
      ClientAuthentication: 'clientAuthentication',
      Scope: 'scope',
      ScopeContentType: 'scopeContentType',
      Resource: 'resource',
      Audience: 'audience',
    },
    row: credential => ({
      Name: credential.name,
      Description: credential.description,
      TokenServiceUrl: credential.attributes.tokenServiceUrl ?? '',
      ClientId: credential.attributes.clientId ?? '',
      ClientAuthentication: credential.attributes.clientAuthentication ?? 'body',
      Scope: credential.attributes.scope ?? null,
      ScopeContentType: credential.attributes.scopeContentType ?? null,
      Resource: credential.attributes.resource ?? null,
      Audience: credential.attributes.audience ?? null,
      SecurityArtifactDescriptor: descriptorOf(credential),
    }),
    problem,
  }),
}

function problem({
  tokenServiceUrl = '',
  clientId = '',
  clientAuthentication = 'body',
}: Readonly<Record<string, string>>): string | undefined {
  if (!/^https?:$/.test(URL.canParse(tokenServiceUrl) ? new URL(tokenServiceUrl).protocol : '')) {
    return `Expected "TokenServiceUrl" to be an http or https URL, found "${tokenServiceUrl.slice(0, 200)}"`
  }
  if (clientId === '') return 'Expected a value for "ClientId", found none'
  if (clientAuthentication !== 'body' && clientAuthentication !== 'header') {
    return `Expected "ClientAuthentication" to be body or header, found "${clientAuthentication.slice(0, 100)}"`
  }
  return undefined
}
