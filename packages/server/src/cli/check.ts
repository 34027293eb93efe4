import type { Diagnostic } from '@sluice/iflow'
import { defineCommand } from './line/command.ts'
import { withProgress } from './line/progress.ts'
import { printable } from './line/table.ts'

/** What `--json` prints for each flow. */
interface CheckedFlow {
  readonly source: string
  /** `Bundle-SymbolicName`; missing when the artifact has none. */
  readonly id: string | undefined
  readonly supported: boolean
  readonly diagnostics: readonly Diagnostic[]
}

export const check = defineCommand({
  name: 'check',
  summary: 'Say whether flows would run here.',
  description:
    'Checks artifacts without a server: for each integration flow either that it is supported, or every reason why not, with the element it is about. Takes artifact zips, unpacked artifacts, and exported packages, whose flows are all checked. Exit code 1 when anything is not supported.',
  arguments: { path: { doc: 'Zip or folder.', repeatable: true } },
  options: { json: { doc: 'Print JSON.' } },
  examples: [
    { line: 'sluice check examples/hello', doc: 'One unpacked artifact.' },
    { line: 'sluice check --json packages/*.zip', doc: 'Every flow of these packages, for a pipeline.' },
  ],
  async run({ path: paths }, { json }, terminal) {
    const flows: CheckedFlow[] = []
    const skipped: { source: string; type: string }[] = []
    await withProgress(terminal, 'Checking', async say => {
      for (const path of paths) {
        say(`Checking ${path}, ${flows.length} flows so far`)
        await checkPath(path, flows, skipped)
      }
    })
    const supported = flows.filter(flow => flow.supported).length
    if (json) terminal.out(`${JSON.stringify({ flows, skipped, total: flows.length, supported })}\n`)
    else {
      terminal.out(flows.map(describe).join(''))
      for (const { source, type } of skipped) terminal.out(`${printable(`${source}: not checked, a ${type}`)}\n`)
      if (flows.length !== 1) terminal.out(`${supported} of ${flows.length} flows supported\n`)
    }
    return supported === flows.length ? 0 : 1
  },
})

async function checkPath(
  path: string,
  flows: CheckedFlow[],
  skipped: { source: string; type: string }[],
): Promise<void> {
  const { findArtifacts } = await import('./local/artifact-source.ts')
  const { compileArtifact } = await import('./local/compile-artifact.ts')
  for await (const found of findArtifacts(path)) {
    if ('type' in found) skipped.push(found)
    else if ('code' in found.content) {
      flows.push({ source: found.source, id: undefined, supported: false, diagnostics: [found.content] })
    } else {
      const { bundle, plan, diagnostics } = await compileArtifact(found.content, new Map())
      flows.push({ source: found.source, id: bundle?.id, supported: plan !== undefined, diagnostics })
    }
  }
}

function describe({ source, id, supported, diagnostics }: CheckedFlow): string {
  const title = `${id ?? 'unreadable'} (${source}): ${supported ? 'supported' : 'not supported'}`
  return [title, ...diagnostics.map(describeDiagnostic)].map(line => `${printable(line)}\n`).join('')
}

function describeDiagnostic({ severity, code, message, at }: Diagnostic): string {
  const element = at.elementId && (at.elementName ? `"${at.elementName}" (${at.elementId})` : at.elementId)
  const file = at.file && (at.line === undefined ? at.file : `${at.file}:${at.line}`)
  const place = [element, file].filter(part => part !== undefined).join(', ')
  return `  ${severity} [${code}]${place === '' ? '' : ` ${place}`}: ${message}`
}
