import { odataKey, odataText, type Server } from './server.ts'

/** A deployed artifact as the API shows it. */
export interface RuntimeArtifact {
  readonly Id: string
  readonly Version: string
  readonly Name: string
  readonly Status: string
  readonly DeployedBy: string
  /** `/Date(<milliseconds>)/`. */
  readonly DeployedOn: string
}

/** URLs at which a deployed flow can be called; `flowId` undefined: those of all flows. */
export async function endpointUrls(
  server: Server,
  flowId: string | undefined,
): Promise<{ flow: string; url: string }[]> {
  const filter = flowId === undefined ? {} : { $filter: `Name eq ${odataText(flowId)}` }
  const endpoints = await server.entities<{ Name: string; EntryPoints: { results: { Url: string }[] } }>(
    'ServiceEndpoints',
    { ...filter, $expand: 'EntryPoints' },
  )
  return endpoints.flatMap(({ Name, EntryPoints }) => EntryPoints.results.map(({ Url }) => ({ flow: Name, url: Url })))
}

/** Why the latest deployment of an artifact failed, one problem a line. Empty when nothing is known. */
export async function deploymentErrors(server: Server, id: string): Promise<string[]> {
  const path = `/api/v1/IntegrationRuntimeArtifacts(${odataKey(id)})/ErrorInformation/$value`
  const { status, body } = await server.request('GET', path, { accepted: [404] })
  if (status !== 200) return []
  const { parameter } = JSON.parse(body) as { parameter?: string[] }
  return (parameter ?? []).flatMap(text => text.split('\n')).filter(line => line !== '')
}

/** `/Date(1234)/` as an ISO time. */
export function isoTime(date: string | null): string {
  const ms = /\((-?\d+)/.exec(date ?? '')?.[1]
  return ms === undefined ? '' : new Date(Number(ms)).toISOString()
}
