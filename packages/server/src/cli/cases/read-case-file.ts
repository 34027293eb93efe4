import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { CaseProblem } from './case-problem.ts'
import type { RawCase, RawCaseFile } from './case-schema.ts'
import { checkShape } from './check-shape.ts'

/** One case, ready to be run. Paths are absolute. */
export interface TestCase {
  readonly name: string
  readonly file: string
  /** Where it begins in the file. */
  readonly line: number
  readonly folder: string
  /** The flow, then what it needs. */
  readonly artifacts: readonly string[]
  readonly raw: RawCase
  /** Keys that lead to the case in the file: none, or `cases` and an index. */
  readonly at: readonly (string | number)[]
  /** Line of the innermost key of the path that the file has, the case first, what all cases share second. */
  lineOf(path: readonly (string | number)[]): number
}

/** Reads a test file. Throws `CaseProblem` for whatever is wrong with it. */
export async function readCaseFile(file: string): Promise<readonly TestCase[]> {
  const lines = new LineCounter()
  const document = parseDocument(await readFile(file, 'utf8'), { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) throw new CaseProblem(`Expected YAML, found: ${error.message}`, file, lines.linePos(error.pos[0]).line)
  const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {}
  const lineOf = (path: readonly (string | number)[]) => lineAt(document, lines, path)
  const problem = checkShape(value)
  if (problem) throw new CaseProblem(problem.message, file, lineOf(problem.path))
  const { $schema: _, flow, with: others = [], cases, ...shared } = value as RawCaseFile
  const folder = dirname(resolve(file))
  const own = flow === undefined ? await surroundingArtifact(folder, file) : resolve(folder, flow)
  const common = { file, folder, artifacts: [own, ...others.map(path => resolve(folder, path))] }
  const conventional = basename(file).startsWith('test.y') ? await caseOfFiles(folder) : {}
  const whole = mergeCases(conventional, shared)
  if (cases === undefined) {
    const name = shared.name ?? defaultName(file)
    return [{ ...common, name, line: 1, at: [], raw: whole, lineOf }]
  }
  return cases.map((raw, index): TestCase => {
    const at = ['cases', index]
    return {
      ...common,
      name: raw.name,
      line: lineOf([...at, 'name']),
      at,
      raw: mergeCases(whole, raw),
      lineOf: path =>
        hasIn(document, [...at, ...path]) || !hasIn(document, path) ? lineOf([...at, ...path]) : lineOf(path),
    }
  })
}

function hasIn(document: Document, path: readonly (string | number)[]): boolean {
  return document.hasIn(path)
}

function lineAt(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const last = path[length - 1]
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(last))
      : undefined
    const node = (pair?.key ?? document.getIn(path.slice(0, length), true)) as
      | { range?: [number, number, number] }
      | undefined
    if (node?.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

/** What a case says wins over what all cases of its file share; both count where they are about different things. */
function mergeCases(shared: RawCase, own: RawCase): RawCase {
  return {
    ...shared,
    ...own,
    ...mergedKey('parameters', shared, own),
    ...mergedKey('given', shared, own),
    ...mergedKey('send', shared, own),
    ...mergedKey('receivers', shared, own),
    ...mergedKey('expect', shared, own),
  }
}

function mergedKey(
  key: 'parameters' | 'given' | 'send' | 'receivers' | 'expect',
  shared: RawCase,
  own: RawCase,
): RawCase {
  const [general, special] = [shared[key], own[key]]
  return general === undefined || special === undefined ? {} : ({ [key]: { ...general, ...special } } as RawCase)
}

/** `input.*` and `expected.*` are the bodies, `answers/<channel>.*` those of receivers' answers. */
async function caseOfFiles(folder: string): Promise<RawCase> {
  const names = await readdir(folder)
  const input = names.find(name => name.startsWith('input.'))
  const expected = names.find(name => name.startsWith('expected.'))
  const answers = names.includes('answers') ? await readdir(join(folder, 'answers')) : []
  const receivers = answers.map(name => [
    name.slice(0, name.length - extname(name).length),
    { body: { file: join('answers', name) } },
  ])
  return {
    ...(input && { send: { body: { file: input } } }),
    ...(expected && { expect: { body: { file: expected } } }),
    ...(receivers.length > 0 && { receivers: Object.fromEntries(receivers) }),
  }
}

async function surroundingArtifact(folder: string, file: string): Promise<string> {
  for (let current = folder; ; current = dirname(current)) {
    const manifest = await stat(join(current, 'META-INF', 'MANIFEST.MF')).catch(() => undefined)
    if (manifest?.isFile()) return current
    if (dirname(current) === current) break
  }
  throw new CaseProblem('Expected key "flow", or the file inside an unpacked artifact, found neither', file, 1)
}

/** `orders.test.yaml` is orders, `orders/test.yaml` as well. */
function defaultName(file: string): string {
  const own = basename(file).replace(/\.?test\.ya?ml$/, '')
  return own === '' ? basename(dirname(resolve(file))) : own
}
