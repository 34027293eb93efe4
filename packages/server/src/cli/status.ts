import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { table } from './line/table.ts'
import { deploymentErrors, endpointUrls, isoTime, type RuntimeArtifact } from './remote/runtime-artifacts.ts'
import { odataKey, Server, serverOptions } from './remote/server.ts'

export const status = defineCommand({
  name: 'status',
  summary: 'Show what is deployed.',
  description:
    'Shows the deployed flows and their endpoints; with an ID, one flow, and why it does not run. Exit code 1 when that flow is not started.',
  arguments: { id: { doc: "The flow's ID (Bundle-SymbolicName).", optional: true } },
  options: serverOptions,
  examples: [
    { line: 'sluice status', doc: 'All deployed flows.' },
    { line: 'sluice status hello', doc: 'The flow hello.' },
  ],
  async run({ id }, options, terminal) {
    const server = new Server(options, terminal)
    if (id !== undefined) return showOne(server, id, options.json, terminal)
    const artifacts = await server.entities<RuntimeArtifact>('IntegrationRuntimeArtifacts')
    const urls = await endpointUrls(server, undefined)
    const rows = artifacts.map(artifact =>
      describe(
        artifact,
        urls.filter(({ flow }) => flow === artifact.Id),
      ),
    )
    if (options.json) terminal.out(`${JSON.stringify({ artifacts: rows })}\n`)
    else if (rows.length === 0) terminal.err('Nothing is deployed; "sluice deploy <zip or folder>" deploys a flow.\n')
    else {
      const cells = rows.map(row => [row.id, row.version, row.status, row.deployedOn, row.endpoints.join(' ')])
      terminal.out(table(['ID', 'VERSION', 'STATUS', 'DEPLOYED', 'ENDPOINTS'], cells))
    }
    return 0
  },
})

function describe(artifact: RuntimeArtifact, endpoints: readonly { url: string }[]) {
  const { Id, Name, Version, Status, DeployedBy, DeployedOn } = artifact
  return {
    id: Id,
    name: Name,
    version: Version,
    status: Status,
    deployedBy: DeployedBy,
    deployedOn: isoTime(DeployedOn),
    endpoints: endpoints.map(({ url }) => url),
  }
}

async function showOne(
  server: Server,
  id: string,
  isJson: boolean,
  terminal: { out(text: string): void },
): Promise<number> {
  const path = `/api/v1/IntegrationRuntimeArtifacts(${odataKey(id)})?$format=json`
  const answer = await server.request('GET', path, { accepted: [404] })
  if (answer.status === 404) {
    throw new CommandError(
      `Expected a deployed flow, found none with ID "${id}"; "sluice status" lists those there are`,
    )
  }
  const { d } = JSON.parse(answer.body) as { d: RuntimeArtifact }
  const row = describe(d, await endpointUrls(server, id))
  const errors = row.status === 'ERROR' ? await deploymentErrors(server, id) : []
  const lines = [
    `${row.id} ${row.version}  ${row.status}`,
    `deployed by ${row.deployedBy} on ${row.deployedOn}`,
    ...row.endpoints,
    ...errors,
  ]
  terminal.out(isJson ? `${JSON.stringify({ ...row, errors })}\n` : `${lines.join('\n')}\n`)
  return row.status === 'ERROR' ? 1 : 0
}
