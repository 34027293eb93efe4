import { type EntityRow, queryRows } from '@sluice/odata'
import type { DeployedCredential } from '../../store/store.ts'
import { customParametersOf } from './custom-parameters.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { descriptorOf, securityArtifactDescriptor, securityMaterial } from './security-material.ts'

/**
 * Clients with which flows fetch tokens of other systems (RFC 6749 section 4.4). `ClientAuthentication` is `body`
 * (the default) or `header`; a `ScopeContentType` that contains `json` sends the request as JSON instead of a form.
 */
export const oauth2ClientCredentials: EntitySetApi = {
  clients: ['contiva', 'figaf', 'odata-mcp-proxy'],
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
      navigations: { CustomParameters: { target: 'CustomParameters', many: true } },
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
    customParameters: ({ CustomParameters }) => CustomParameters && customParametersOf(CustomParameters),
  }),
  navigations: {
    CustomParameters: {
      list: async (credential, query, context) => queryRows(await customParameterRows(credential, context), query),
      count: async (credential, query, context) =>
        queryRows(await customParameterRows(credential, context), query).length,
      async find(credential, key, context) {
        const rows = await customParameterRows(credential, context)
        return rows.find(row => Object.entries(key).every(([name, value]) => row[name] === value))
      },
    },
  },
}

async function customParameterRows(credential: EntityRow, { store }: ODataContext): Promise<EntityRow[]> {
  const found = await store.credentials.find(textOf(credential, 'Name'))
  return (found?.customParameters ?? []).map(({ key, value, sendAsPartOf }) => {
    return { Key: key, Value: value, SendAsPartOf: sendAsPartOf }
  })
}

function problem({
  tokenServiceUrl = '',
  clientId = '',
  clientAuthentication = 'body',
}: DeployedCredential['attributes']): string | undefined {
  if (!/^https?:$/.test(URL.canParse(tokenServiceUrl) ? new URL(tokenServiceUrl).protocol : '')) {
    return `Expected "TokenServiceUrl" to be an http or https URL, found "${tokenServiceUrl.slice(0, 200)}"`
  }
  if (clientId === '') return 'Expected a value for "ClientId", found none'
  if (clientAuthentication !== 'body' && clientAuthentication !== 'header') {
    return `Expected "ClientAuthentication" to be body or header, found "${clientAuthentication.slice(0, 100)}"`
  }
  return undefined
}
