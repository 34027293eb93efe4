import { setTimeout as sleep } from 'node:timers/promises'
import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { withProgress } from './line/progress.ts'
import { printable } from './line/table.ts'
import { deploymentErrors, endpointUrls } from './remote/runtime-artifacts.ts'
import { odataKey, odataText, Server, serverOptions } from './remote/server.ts'

/** Deploying takes milliseconds; a server that has not answered by then will not. */
const patienceMs = 120_000

export const deploy = defineCommand({
  name: 'deploy',
  summary: 'Upload a flow and start it.',
  description:
    'Uploads an artifact, deploys it, waits until it runs and prints the URLs of its endpoints. An artifact of the same ID is replaced; while the new one does not start, what ran before goes on. Exit code 1, with every reason, when it does not start.',
  arguments: { path: { doc: 'Artifact zip, or folder with the unpacked artifact.' } },
  options: {
    ...serverOptions,
    package: { value: 'id', default: 'sluice', doc: 'Package for a new artifact; created when it does not exist.' },
  },
  examples: [
    { line: 'sluice deploy examples/hello', doc: 'Deploy an unpacked artifact.' },
    { line: 'sluice deploy Orders.zip --package sales', doc: 'Deploy an exported one into package sales.' },
  ],
  async run({ path }, options, terminal) {
    const server = new Server(options, terminal)
    const artifact = await readArtifact(path)
    const errors = await withProgress(terminal, `Uploading ${artifact.id}`, async say => {
      await upload(server, artifact, options.package)
      say(`Deploying ${artifact.id}`)
      return start(server, artifact.id)
    })
    if (errors) {
      if (options.json) terminal.out(`${JSON.stringify({ id: artifact.id, deployed: false, errors })}\n`)
      else
        terminal.err(`sluice: ${artifact.id} did not start\n${errors.map(line => `  ${printable(line)}\n`).join('')}`)
      return 1
    }
    const urls = (await endpointUrls(server, artifact.id)).map(({ url }) => url)
    if (options.json) terminal.out(`${JSON.stringify({ id: artifact.id, deployed: true, endpoints: urls })}\n`)
    else terminal.out([`Deployed ${artifact.id}`, ...urls].map(line => `${line}\n`).join(''))
    return 0
  },
})

interface Upload {
  readonly id: string
  readonly name: string
  /** The zip, base64. */
  readonly content: string
}

async function readArtifact(path: string): Promise<Upload> {
  const { readOneArtifact } = await import('./local/artifact-source.ts')
  const archive = await import('../runtime/archive.ts')
  const { openBundle } = await import('@sluice/iflow')
  const { bundle, diagnostics } = openBundle(await readOneArtifact(path))
  if (!bundle) throw new CommandError(`${diagnostics[0]?.message ?? 'Expected an artifact'} (${path})`)
  const zip = await archive.readArtifact(path)
  return { id: bundle.id, name: bundle.name, content: Buffer.from(zip).toString('base64') }
}

async function upload(server: Server, { id, name, content }: Upload, packageId: string): Promise<void> {
  const artifact = `/api/v1/IntegrationDesigntimeArtifacts(Id=${odataKey(id)},Version='active')`
  const existing = await server.request('GET', artifact, { accepted: [404] })
  if (existing.status !== 404) {
    await server.request('PUT', artifact, { json: { Name: name, ArtifactContent: content } })
    return
  }
  const found = await server.request('GET', `/api/v1/IntegrationPackages(${odataKey(packageId)})`, { accepted: [404] })
  if (found.status === 404) {
    const json = { Id: packageId, Name: packageId, ShortText: 'Created by sluice deploy' }
    await server.request('POST', '/api/v1/IntegrationPackages', { json })
  }
  await server.request('POST', '/api/v1/IntegrationDesigntimeArtifacts', {
    json: { Id: id, Name: name, PackageId: packageId, ArtifactContent: content },
  })
}

/** Resolves when the flow runs, or with the reasons why it does not. */
async function start(server: Server, id: string): Promise<string[] | undefined> {
  const parameters = `Id=${encodeURIComponent(odataText(id))}&Version='active'`
  const { body } = await server.request('POST', `/api/v1/DeployIntegrationDesigntimeArtifact?${parameters}`)
  const path = `/api/v1/BuildAndDeployStatus(TaskId=${odataKey(body.trim())})?$format=json`
  const giveUpAt = Date.now() + patienceMs
  for (let waitMs = 20; Date.now() < giveUpAt; waitMs = Math.min(waitMs * 2, 1000)) {
    const { d } = await server.json<{ d: { Status: string } }>('GET', path)
    if (d.Status === 'SUCCESS') return undefined
    if (d.Status !== 'DEPLOYING') {
      const errors = await deploymentErrors(server, id)
      return errors.length > 0 ? errors : [`The server reports ${d.Status} without a reason; its log may have one`]
    }
    await sleep(waitMs)
  }
  throw new CommandError(
    `Expected the deployment to end within ${patienceMs / 1000} s, found it still under way; "sluice status ${id}" shows how it ended`,
  )
}
