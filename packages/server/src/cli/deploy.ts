import { setTimeout as sleep } from 'node:timers/promises'
import { defineCommand } from './line/command.ts'
import { CommandError, UsageError } from './line/errors.ts'
import { withProgress } from './line/progress.ts'
import { printable } from './line/table.ts'
import type { Terminal } from './line/terminal.ts'
import { importPackage } from './remote/import-package.ts'
import type { Upload } from './remote/read-uploads.ts'
import { deploymentErrors, endpointUrls } from './remote/runtime-artifacts.ts'
import { odataKey, odataText, Server, serverOptions } from './remote/server.ts'

/** Deploying takes milliseconds; a server that has not answered by then will not. */
const patienceMs = 120_000

export const deploy = defineCommand({
  name: 'deploy',
  summary: 'Upload a flow, or a whole package, and start it.',
  description:
    'Uploads an artifact, deploys it, waits until it runs and prints the URLs of its endpoints. An exported package is imported whole, into the one of its ID if it is there, and then all its artifacts are deployed: first what flows refer to (script collections, message mappings, value mappings), then the flows; "package.zip#name" is one of them. An artifact of the same ID is replaced; while the new one does not start, what ran before goes on. Exit code 1, with every reason, when any does not start; the others do.',
  arguments: { path: { doc: 'Artifact zip, folder with the unpacked artifact, or exported package.' } },
  options: {
    ...serverOptions,
    package: { value: 'id', doc: 'Package for a new artifact, sluice by default; created when it does not exist.' },
  },
  examples: [
    { line: 'sluice deploy examples/hello', doc: 'Deploy an unpacked artifact.' },
    { line: 'sluice deploy Orders.zip --package sales', doc: 'Deploy an exported one into package sales.' },
    { line: 'sluice deploy Sales.zip', doc: 'Import an exported package and deploy all its artifacts.' },
  ],
  async run({ path }, options, terminal) {
    const server = new Server(options, terminal)
    const { readPackageFile, readUploads } = await import('./remote/read-uploads.ts')
    const uploads = await readUploads(path)
    const packageZip = await readPackageFile(path)
    if (packageZip && options.package !== undefined) {
      throw new UsageError(
        `Expected --package with a single artifact, found a package, which has its own ID: leave it out, or name one artifact as in "${path}#name"`,
      )
    }
    const outcomes = await withProgress(terminal, 'Deploying', async say => {
      const done: Outcome[] = []
      if (packageZip) await importPackage(server, packageZip, true)
      for (const artifact of uploads) {
        const position = uploads.length > 1 ? ` (${done.length + 1} of ${uploads.length})` : ''
        say(`Deploying ${artifact.id}${position}`)
        if (!packageZip) await upload(server, artifact, options.package ?? 'sluice')
        done.push(await deployOne(server, artifact))
      }
      return done
    })
    const isPackage = outcomes.length > 1
    if (options.json) terminal.out(`${JSON.stringify(isPackage ? { deployments: outcomes } : outcomes[0])}\n`)
    else for (const outcome of outcomes) describe(outcome, terminal)
    const deployed = outcomes.filter(outcome => outcome.deployed).length
    if (isPackage && !options.json) terminal.out(`${deployed} of ${outcomes.length} artifacts deployed\n`)
    return deployed === outcomes.length ? 0 : 1
  },
})

type Outcome =
  | { readonly id: string; readonly deployed: true; readonly endpoints: readonly string[] }
  | { readonly id: string; readonly deployed: false; readonly errors: readonly string[] }

async function deployOne(server: Server, artifact: Upload): Promise<Outcome> {
  const { id } = artifact
  const errors = await start(server, artifact)
  if (errors) return { id, deployed: false, errors }
  const endpoints = artifact.type === 'Integration' ? await endpointUrls(server, id) : []
  return { id, deployed: true, endpoints: endpoints.map(({ url }) => url) }
}

function describe(outcome: Outcome, terminal: Terminal): void {
  if (outcome.deployed) {
    terminal.out([`Deployed ${outcome.id}`, ...outcome.endpoints].map(line => `${line}\n`).join(''))
  } else {
    const errors = outcome.errors.map(line => `  ${printable(line)}\n`).join('')
    terminal.err(`sluice: ${outcome.id} did not start\n${errors}`)
  }
}

async function upload(server: Server, { id, name, type, content }: Upload, packageId: string): Promise<void> {
  const set = `/api/v1/${type}DesigntimeArtifacts`
  const artifact = `${set}(Id=${odataKey(id)},Version='active')`
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
  await server.request('POST', set, { json: { Id: id, Name: name, PackageId: packageId, ArtifactContent: content } })
}

/** Resolves when the artifact does its work, or with the reasons why it does not. */
async function start(server: Server, { id, type }: Upload): Promise<string[] | undefined> {
  const parameters = `Id=${encodeURIComponent(odataText(id))}&Version='active'`
  await server.request('POST', `/api/v1/Deploy${type}DesigntimeArtifact?${parameters}`)
  const path = `/api/v1/IntegrationRuntimeArtifacts(${odataKey(id)})?$format=json`
  const giveUpAt = Date.now() + patienceMs
  for (let waitMs = 20; Date.now() < giveUpAt; waitMs = Math.min(waitMs * 2, 1000)) {
    const { d } = await server.json<{ d: { Status: string } }>('GET', path)
    if (d.Status === 'STARTED') return undefined
    if (d.Status !== 'STARTING') {
      const errors = await deploymentErrors(server, id)
      return errors.length > 0 ? errors : [`The server reports ${d.Status} without a reason; its log may have one`]
    }
    await sleep(waitMs)
  }
  throw new CommandError(
    `Expected the deployment to end within ${patienceMs / 1000} s, found it still under way; "sluice status ${id}" shows how it ended`,
  )
}
