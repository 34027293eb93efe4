import { type Check, type Findings, findingsOf, isCode, isTestCode, packageOf, type SourceFile } from './check.ts'
import { importsOf, manifestsOf, targetOf } from './imports.ts'

/**
 * Every code file is reached: production files from what `package.json` exports or runs and from `extraEntries`, all
 * others from those, from a test, or from an npm script. A production file that only its own test imports is dead.
 */
export function reachCheck(extraEntries: readonly string[]): Check {
  return files => {
    const graph = graphOf(files)
    const entries = [...manifestEntries(files), ...scriptEntries(files), ...extraEntries]
    const production = reachedFrom(entries, graph)
    const tests = files.map(file => file.path).filter(path => path.endsWith('.test.ts'))
    const all = reachedFrom([...production, ...tests], graph)
    return findingsOf(
      files.filter(file => isCode(file.path)),
      ({ path }) => {
        const mustRun = packageOf(path) !== undefined && path.includes('/src/') && !isTestCode(path)
        if ((mustRun ? production : all).has(path)) return []
        return [`${path}:1: expected ${mustRun ? 'production code' : 'code'} that imports it, found none`]
      },
    )
  }
}

function manifestEntries(files: readonly SourceFile[]): string[] {
  return manifestsOf(files).flatMap(manifest => [...manifest.entries.values(), ...manifest.commands])
}

/** Files that the root's npm scripts name: `node tools/gen.ts`. */
function scriptEntries(files: readonly SourceFile[]): string[] {
  const root = files.find(file => file.path === 'package.json')
  if (root === undefined) return []
  const { scripts = {} } = JSON.parse(root.text) as { scripts?: Readonly<Record<string, string>> }
  return Object.values(scripts).flatMap(script => script.match(/[\w./-]+\.(?:ts|js)\b/g) ?? [])
}

function graphOf(files: readonly SourceFile[]): Map<string, string[]> {
  const manifests = manifestsOf(files)
  const graph = new Map<string, string[]>(files.map(file => [file.path, []]))
  for (const found of importsOf(files)) {
    const target = targetOf(found, manifests)
    if (target !== undefined) graph.get(found.from)?.push(target)
  }
  return graph
}

function reachedFrom(entries: readonly string[], graph: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>()
  const open = [...entries]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path) || !graph.has(path)) continue
    reached.add(path)
    open.push(...(graph.get(path) ?? []))
  }
  return reached
}

/** A folder whose files are the entries of one list. */
export interface Registry {
  readonly folder: string
  /** The texts by which a file shows that it is such an entry. */
  readonly declares: readonly string[]
  /** Entries do not import each other. */
  readonly apart: boolean
}

/** Every declaration below a registry's folder is imported by that folder's `index.ts`. */
export function registryCheck(registries: readonly Registry[]): Check {
  return files => {
    const graph = graphOf(files)
    const parts = registries.map(registry => registryFindings(registry, files, graph))
    return { seen: parts.reduce((sum, part) => sum + part.seen, 0), breaches: parts.flatMap(part => part.breaches) }
  }
}

function registryFindings(
  { folder, declares, apart }: Registry,
  files: readonly SourceFile[],
  graph: ReadonlyMap<string, readonly string[]>,
): Findings {
  const index = `${folder}/index.ts`
  const entries = files
    .filter(({ path }) => path.startsWith(`${folder}/`) && isCode(path) && !path.endsWith('.test.ts'))
    .filter(({ text }) => declares.some(declaration => text.includes(declaration)))
    .map(({ path }) => path)
  if (entries.length === 0)
    return { seen: 0, breaches: [`${index}:1: expected files with "${declares.join('" or "')}", found none`] }
  return findingsOf(entries, path => {
    const neighbours = (graph.get(path) ?? []).filter(target => entries.includes(target))
    return [
      ...(graph.get(index)?.includes(path) ? [] : [`${path}:1: expected a line for it in ${index}, found none`]),
      ...(apart
        ? neighbours.map(other => `${path}:1: expected entries that know no other, found an import of ${other}`)
        : []),
    ]
  })
}
