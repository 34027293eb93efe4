import type { Bundle, Diagnostic, Registry } from '@sluice/iflow'
import type { Channel } from '@sluice/iflow/bpmn'
import { defineCommand } from './line/command.ts'
import { withProgress } from './line/progress.ts'
import { printable } from './line/table.ts'
import type { FoundArtifact } from './local/artifact-source.ts'
import type { LocalHosts } from './local/hosts.ts'

/** What `--json` prints for each flow. */
interface CheckedFlow {
  readonly source: string
  /** `Bundle-SymbolicName`; missing when the artifact has none. */
  readonly id: string | undefined
  /** Whether it can be deployed, as it is or once it is configured. */
  readonly supported: boolean
  /** Externalised parameters that need another value before it can be deployed. */
  readonly needsValues: readonly string[]
  /** Adapters that were left out, as in `SFTP (receiver)`. */
  readonly mocked: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

/** What `--json` prints for what is no flow. */
interface OtherArtifact {
  readonly source: string
  readonly type: string
}

export const check = defineCommand({
  name: 'check',
  summary: 'Say whether flows would run here.',
  description:
    'Checks artifacts without a server: for each integration flow either that it is supported, or every reason why not, with the element it is about. A flow that only lacks values of externalised parameters is supported, and the parameters are named. Takes artifact zips, unpacked artifacts, and exported packages, all of whose flows are checked. Script collections, message mappings and value mappings among them count as deployed: those of its own package for each flow, then those of all paths. With --mock-adapters, adapters that are not supported yet count as mocked, as in tests of flows. Exit code 1 when anything is not supported.',
  arguments: { path: { doc: 'Zip or folder.', repeatable: true } },
  options: {
    'mock-adapters': { doc: 'Leave out adapters that are not supported, to see what else is missing.' },
    scripts: {
      doc: 'Compile scripts and stylesheets, too, of flows that are supported as they are. Needs Java and Groovy for Groovy scripts.',
    },
    json: { doc: 'Print JSON.' },
  },
  examples: [
    { line: 'sluice check examples/hello', doc: 'One unpacked artifact.' },
    { line: 'sluice check flow.zip scripts.zip', doc: 'A flow and the script collection it refers to.' },
    { line: 'sluice check --mock-adapters package.zip', doc: 'What could be tested, whatever the adapters.' },
    { line: 'sluice check --scripts package.zip', doc: 'And whether the scripts of its flows compile.' },
    { line: 'sluice check --json packages/*.zip', doc: 'Every flow of these packages, for a pipeline.' },
  ],
  async run({ path: paths }, { json, scripts, 'mock-adapters': isMocking }, terminal) {
    const hosts = scripts ? (await import('./local/hosts.ts')).openHosts() : undefined
    const work = (say: (label: string) => void) => checkPaths(paths, { isMocking, hosts, say })
    const { flows, others } = await withProgress(terminal, 'Checking', work).finally(() => hosts?.close())
    const supported = flows.filter(flow => flow.supported)
    const unconfigured = supported.filter(flow => flow.needsValues.length > 0).length
    if (json) {
      const totals = { total: flows.length, supported: supported.length, needsValues: unconfigured }
      terminal.out(`${JSON.stringify({ flows, others, ...totals })}\n`)
    } else {
      terminal.out(flows.map(describe).join(''))
      for (const { source, type } of others) terminal.out(`${printable(`${source}: not checked, a ${type}`)}\n`)
      const ofThem = unconfigured === 0 ? '' : `, ${unconfigured} of them once they are configured`
      if (!scripts) terminal.err('Scripts and stylesheets were not compiled; --scripts does that.\n')
      if (flows.length !== 1) terminal.out(`${supported.length} of ${flows.length} flows supported${ofThem}\n`)
    }
    return supported.length === flows.length ? 0 : 1
  },
})

interface CheckOptions {
  readonly isMocking: boolean
  /** What compiles scripts and stylesheets; undefined: they are not compiled. */
  readonly hosts: LocalHosts | undefined
  readonly say: (label: string) => void
}

/** Reads everything twice, so that only what flows refer to is kept. */
async function checkPaths(
  paths: readonly string[],
  options: CheckOptions,
): Promise<{ flows: readonly CheckedFlow[]; others: readonly OtherArtifact[] }> {
  const { findArtifacts } = await import('./local/artifact-source.ts')
  const { say } = options
  const deployed: ReadonlyMap<string, Bundle>[] = []
  for (const path of paths) {
    say(`Reading ${path}`)
    deployed.push(await bundlesOf(findArtifacts(path)))
  }
  const everywhere = deployed.toReversed().flatMap(bundles => [...bundles])
  const flows: CheckedFlow[] = []
  const others: OtherArtifact[] = []
  for (const [index, path] of paths.entries()) {
    const artifacts = new Map([...everywhere, ...(deployed[index] ?? [])])
    for await (const found of findArtifacts(path)) {
      say(`Checking ${found.source}, ${flows.length} flows so far`)
      const checked = await checkArtifact(found, artifacts, options)
      if ('type' in checked) others.push(checked)
      else flows.push(checked)
    }
  }
  return { flows, others }
}

/** What flows are compiled with. `mocked` is filled with the adapters that are not supported, where they are left out. */
async function registryFor(isMocking: boolean, mocked: Set<string>): Promise<Registry> {
  const { registry } = await import('../runtime/build-flow.ts')
  if (!isMocking) return registry
  const { mockChannels } = await import('@sluice/iflow/mocking')
  const isMocked = ({ componentType, direction }: Channel) => {
    const adapter = registry.adapters.find(({ type }) => type === componentType)
    const isKnown = (direction === 'Sender' ? adapter?.sender : adapter?.receiver) !== undefined
    if (!isKnown) mocked.add(`${componentType} (${direction.toLowerCase()})`)
    return !isKnown
  }
  return mockChannels(registry, { isMocked, answer: () => undefined })
}

/** Types of artifacts that flows refer to. */
const referable = new Set(['MessageMapping', 'ScriptCollection', 'ValueMapping'])

/** What flows may refer to, by symbolic name. */
async function bundlesOf(found: AsyncIterable<FoundArtifact>): Promise<ReadonlyMap<string, Bundle>> {
  const bundles = new Map<string, Bundle>()
  for await (const { type, open } of found) {
    if (type !== undefined && !referable.has(type)) continue
    const { bundle } = await open()
    if (bundle && referable.has(bundle.type)) bundles.set(bundle.id, bundle)
  }
  return bundles
}

async function checkArtifact(
  { source, type = 'IFlow', open }: FoundArtifact,
  artifacts: ReadonlyMap<string, Bundle>,
  { isMocking, hosts }: CheckOptions,
): Promise<CheckedFlow | OtherArtifact> {
  if (type !== 'IFlow') return { source, type }
  const opened = await open()
  if (opened.bundle && referable.has(opened.bundle.type)) return { source, type: opened.bundle.type }
  const { prepareFlow } = await import('@sluice/iflow')
  const { compileArtifact } = await import('../local/compile-artifact.ts')
  const mocked = new Set<string>()
  const registry = await registryFor(isMocking, mocked)
  const { bundle, plan, diagnostics: found } = await compileArtifact(opened, new Map(), artifacts, registry)
  const diagnostics = plan && hosts ? [...found, ...(await prepareFlow(plan, hosts))] : found
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const supported = errors.every(({ parameters }) => parameters !== undefined)
  const needsValues = supported ? [...new Set(errors.flatMap(({ parameters = [] }) => parameters))] : []
  return { source, id: bundle?.id, supported, needsValues, mocked: [...mocked], diagnostics }
}

function describe({ source, id, supported, needsValues, mocked, diagnostics }: CheckedFlow): string {
  const verdict = [
    supported ? 'supported' : 'not supported',
    ...(mocked.length === 0 ? [] : [`with mocks of ${mocked.join(', ')}`]),
    ...(needsValues.length === 0 ? [] : [`needs values for ${needsValues.join(', ')}`]),
  ]
  const title = `${id ?? 'unreadable'} (${source}): ${verdict.join(', ')}`
  return [title, ...diagnostics.map(describeDiagnostic)].map(line => `${printable(line)}\n`).join('')
}

function describeDiagnostic({ severity, code, message, at }: Diagnostic): string {
  const element = at.elementId && (at.elementName ? `"${at.elementName}" (${at.elementId})` : at.elementId)
  const file = at.file && (at.line === undefined ? at.file : `${at.file}:${at.line}`)
  const place = [element, file].filter(part => part !== undefined).join(', ')
  return `  ${severity} [${code}]${place === '' ? '' : ` ${place}`}: ${message}`
}
