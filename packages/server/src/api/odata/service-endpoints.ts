import { type EntityRow, queryRows } from '@sluice/odata'
import type { Endpoint, EntitySetApi, ODataContext, ToManyApi } from './definition.ts'
import { readRuntime } from './permissions.ts'

/** Where running integration flows can be called; `Name` is the ID of the flow. Kept in memory, as what runs is. */
export const serviceEndpoints: EntitySetApi = {
  clients: ['contiva', 'documentation', 'figaf', 'Jenkinsfiles', 'mcp-integration-suite', 'Piper'],
  set: {
    name: 'ServiceEndpoints',
    type: {
      name: 'ServiceEndpoint',
      key: ['Id'],
      properties: {
        Name: { type: 'Edm.String' },
        Id: { type: 'Edm.String', nullable: false },
        Title: { type: 'Edm.String', nullable: false },
        Version: { type: 'Edm.String', nullable: false },
        Summary: { type: 'Edm.String', nullable: false },
        Description: { type: 'Edm.String', nullable: false },
        LastUpdated: { type: 'Edm.DateTime' },
        Protocol: { type: 'Edm.String' },
      },
      navigations: {
        EntryPoints: { target: 'EntryPoints', many: true },
        ApiDefinitions: { target: 'APIDefinitions', many: true },
      },
    },
  },
  roles: readRuntime,
  list: async (query, context) => queryRows(await endpointRows(context), query),
  count: async (query, context) => queryRows(await endpointRows(context), query).length,
  find: async (key, context) => (await endpointRows(context)).find(row => row.Id === key.Id),
  navigations: {
    EntryPoints: inMemory((parent, { deployer }) =>
      deployer
        .endpoints()
        .filter(endpoint => endpointId(endpoint) === parent.Id)
        .map(endpoint => ({ Name: endpoint.name, Url: endpoint.url, Type: 'PROD', AdditionalInformation: '' })),
    ),
    ApiDefinitions: inMemory(() => []),
  },
}

/** Entry points of a service endpoint: the URL to call. Reached through the endpoint only. */
export const entryPoints: EntitySetApi = {
  clients: ['contiva', 'figaf', 'Jenkinsfiles', 'mcp-integration-suite', 'Piper'],
  set: {
    name: 'EntryPoints',
    type: {
      name: 'EntryPoint',
      key: ['Url'],
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        Url: { type: 'Edm.String', nullable: false },
        Type: { type: 'Edm.String' },
        AdditionalInformation: { type: 'Edm.String' },
      },
    },
  },
  roles: readRuntime,
}

/** Documents that describe an endpoint (WSDL, EDMX). HTTPS endpoints have none. */
export const apiDefinitions: EntitySetApi = {
  clients: ['contiva', 'figaf', 'Jenkinsfiles', 'Piper'],
  set: {
    name: 'APIDefinitions',
    type: {
      name: 'Definition',
      key: ['Url'],
      properties: { Url: { type: 'Edm.String', nullable: false }, Name: { type: 'Edm.String', nullable: false } },
    },
  },
  roles: readRuntime,
}

function inMemory(rowsOf: (parent: EntityRow, context: ODataContext) => EntityRow[]): ToManyApi {
  return {
    list: async (parent, query, context) => queryRows(rowsOf(parent, context), query),
    count: async (parent, query, context) => queryRows(rowsOf(parent, context), query).length,
    find: async (parent, key, context) => rowsOf(parent, context).find(row => row.Url === key.Url),
  }
}

function endpointId({ artifactId, address }: Endpoint): string {
  return `${artifactId}$endpointAddress=${address.replace(/^\//, '')}`
}

async function endpointRows({ deployer, store }: ODataContext): Promise<EntityRow[]> {
  const deployments = new Map((await store.deployments.list({})).map(deployment => [deployment.id, deployment]))
  return deployer.endpoints().map(endpoint => ({
    Name: endpoint.artifactId,
    Id: endpointId(endpoint),
    Title: endpoint.name,
    Version: deployments.get(endpoint.artifactId)?.version ?? '',
    Summary: '',
    Description: '',
    LastUpdated: deployments.get(endpoint.artifactId)?.deployedAt,
    Protocol: endpoint.protocol,
  }))
}
