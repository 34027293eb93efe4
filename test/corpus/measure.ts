import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Diagnostic, identifyStep } from '@sluice/iflow'
import { type FlowModel, parseIflow } from '@sluice/iflow/bpmn'
import { findArtifacts } from '@sluice/server'
import type { Figures } from './figures.ts'
import { lossOf } from './round-trip.ts'

const sluice = fileURLToPath(new URL('../../packages/server/bin/sluice.js', import.meta.url))

/** What `sluice check --json` prints, as far as it is counted here. */
interface Report {
  readonly flows: readonly {
    readonly source: string
    readonly supported: boolean
    readonly needsValues: readonly string[]
    readonly mocked: readonly string[]
    readonly diagnostics: readonly Diagnostic[]
  }[]
}

/** A flow of an archive, read. */
export interface Flow {
  readonly source: string
  readonly text: string
  readonly file: string
}

/** What was counted, and what did not come back as it was. */
export interface Measured {
  readonly figures: Figures
  readonly losses: readonly string[]
}

/** Counts what the flows of all archives below a folder come to. */
export async function measure(folder: string): Promise<Measured> {
  const { archives, flows } = await readFlows(folder)
  const report = check(archives)
  const figures = new Map<string, number>([['flows', flows.length]])
  const losses: string[] = []
  const models = new Map<string, FlowModel>()
  for (const { source, text, file } of flows) {
    const { document } = parseIflow(text, file)
    const loss = lossOf(text, file)
    if (document !== undefined) models.set(source, document.model)
    if (loss !== undefined) losses.push(`${source}: ${loss}`)
  }
  figures.set('parse', models.size)
  figures.set('round-trip', flows.length - losses.length)
  const checked = await report
  const supported = checked.flows.filter(flow => flow.supported)
  const outright = supported.filter(({ mocked }) => mocked.length === 0)
  figures.set('supported', outright.length)
  figures.set('supported as configured', outright.filter(({ needsValues }) => needsValues.length === 0).length)
  figures.set('supported with mocked adapters', supported.length)
  for (const [kind, count] of countKinds(checked, models)) figures.set(kind, count)
  return { figures, losses }
}

/** The flows of all archives below a folder. Archives without one are left out: sources of libraries, documentation. */
export async function readFlows(folder: string): Promise<{ archives: string[]; flows: Flow[] }> {
  const names = globSync('**/*.{zip,jar}', { cwd: folder }).sort()
  const paths = names.map(name => `${folder}/${name}`)
  const archives: string[] = []
  const flows: Flow[] = []
  for (const path of paths) {
    const before = flows.length
    for await (const { source, type = 'IFlow', open } of findArtifacts(path)) {
      const { bundle } = type === 'IFlow' ? await open() : { bundle: undefined }
      if (bundle?.flow !== undefined) flows.push({ source, ...bundle.flow })
    }
    if (flows.length > before) archives.push(path)
  }
  return { archives, flows }
}

async function check(archives: readonly string[]): Promise<Report> {
  const line = [sluice, 'check', '--json', '--mock-adapters', ...archives]
  // It exits with 1 when something is not supported, which is known.
  const { stdout } = await promisify(execFile)(process.execPath, line, { maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: unknown) => error as { readonly stdout: string },
  )
  return JSON.parse(stdout) as Report
}

/** For each kind of step and adapter, the flows in which all of that kind compile, without a mock. */
function countKinds({ flows }: Report, models: ReadonlyMap<string, FlowModel>): Figures {
  const counts = new Map<string, number>()
  for (const { source, diagnostics, mocked } of flows) {
    const model = models.get(source)
    const kinds = model === undefined ? new Map<string, string>() : kindsOf(model)
    const broken = new Set([
      ...mocked,
      ...diagnostics.flatMap(({ severity, parameters, at }) =>
        severity === 'error' && parameters === undefined ? [kinds.get(at.elementId ?? '')] : [],
      ),
    ])
    for (const kind of new Set(kinds.values())) {
      counts.set(kind, (counts.get(kind) ?? 0) + (broken.has(kind) ? 0 : 1))
    }
  }
  return new Map([...counts].sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** By the id of the element. */
function kindsOf({ channels, processes }: FlowModel): ReadonlyMap<string, string> {
  const containers = processes.flatMap(process => [process, ...process.exceptionSubprocesses])
  return new Map([
    ...channels.map(({ id, direction, componentType }): [string, string] => [
      id,
      `${componentType} (${direction.toLowerCase()})`,
    ]),
    ...containers
      .flatMap(({ nodes }) => [...nodes.values()])
      .map((node): [string, string] => [node.id, `${identifyStep(node)} (step)`]),
  ])
}
