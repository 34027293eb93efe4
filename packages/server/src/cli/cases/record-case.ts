import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, parseDocument, type Scalar } from 'yaml'
import type { Difference, Path, Update } from './difference.ts'
import type { TestCase } from './read-case-file.ts'
import { recordedExpectation } from './recorded.ts'
import type { CaseRun } from './run-case.ts'
import { updatedMatcher } from './update-matcher.ts'

/** Bodies beyond this many characters are written beside the test file. */
const inlineMax = 2_000

/**
 * Writes expectations into test files: of cases that expect nothing what their messages did and left, of others what was found
 * in the places that differ. All else stays as it is, comments and layout included.
 */
export class CaseRecorder {
  readonly #documents = new Map<string, Promise<Document>>()
  /** Files that were changed. */
  readonly changed = new Set<string>()

  async record(test: TestCase, run: CaseRun, differences: readonly Difference[]): Promise<void> {
    if (Object.keys(test.raw.expect ?? {}).length > 0) {
      const expected = structuredClone(test.raw.expect) as Values
      const updates = differences.flatMap(difference => difference.updates)
      // Lists get their length before what is in them changes.
      for (const update of updates) if ('value' in update) await this.#update(test, expected, update)
      for (const update of updates) if ('found' in update) await this.#update(test, expected, update)
      return
    }
    const { body, ...rest } = await recordedExpectation(run)
    const expected: Values = {}
    await this.#update(test, expected, { path: ['status'], value: rest.status })
    if (body !== undefined) {
      const file = await bodyFile(test, body)
      if (file !== undefined) await this.#write(test, file, run.result.exchange.body.raw)
      await this.#update(test, expected, { path: ['body'], value: file === undefined ? body : { file } })
    }
    const { status: _, ...others } = rest
    for (const [key, value] of Object.entries(others)) await this.#update(test, expected, { path: [key], value })
  }

  /** Writes the changed files. */
  async save(): Promise<void> {
    for (const [file, document] of this.#documents) {
      if (this.changed.has(file)) await writeFile(file, (await document).toString({ lineWidth: 0 }))
    }
  }

  #open(file: string): Promise<Document> {
    const known = this.#documents.get(file) ?? readFile(file, 'utf8').then(text => parseDocument(text))
    this.#documents.set(file, known)
    return known
  }

  async #write({ folder }: TestCase, name: string, content: string | Uint8Array | null): Promise<void> {
    const file = resolve(folder, name)
    await writeFile(file, content ?? '')
    this.changed.add(file)
  }

  /** Changes one place, in `expected` and in the document. What several cases share stays as it is: the case gets its own. */
  async #update(test: TestCase, expected: Values, update: Update): Promise<void> {
    const value = 'value' in update ? update.value : await this.#valueOf(test, update)
    if (value === unchanged) return
    const { path } = update
    setAt(expected, path, value)
    const document = await this.#open(test.file)
    const own = [...test.at, 'expect']
    const at = writtenPath(document, [...own, ...path])
    const isOwn = document.hasIn([...own, path[0]]) && !isShared(document, at)
    if (value === undefined) document.deleteIn(at)
    else if (isOwn) replace(document, at, value)
    else document.setIn([...own, path[0]], document.createNode(expected[path[0] ?? '']))
    this.changed.add(test.file)
  }

  async #valueOf(test: TestCase, { expected, found, charset }: Extract<Update, { found: unknown }>): Promise<unknown> {
    const { folder } = test
    const value = await updatedMatcher(expected, found, folder, charset)
    const file = (value as { file?: string } | null)?.file
    if (file === undefined) return value
    await this.#write(test, file, found)
    return JSON.stringify(value) === JSON.stringify(expected) ? unchanged : value
  }
}

type Values = Record<string | number, unknown>

/** The test file says what it did; the file that it names was written. */
const unchanged = Symbol('unchanged')

function setAt(expected: Values, path: Path, value: unknown): void {
  const last = path.at(-1) ?? ''
  const parent = path.slice(0, -1).reduce<Values>((inner, key) => inner[key] as Values, expected)
  if (value === undefined) delete parent[last]
  else parent[last] = value
}

/** Puts a value in its place and leaves what is the same, with comments and layout. */
function replace(document: Document, at: Path, value: unknown): void {
  const node = document.getIn(at, true)
  if (isScalar(node) && typeof value !== 'object') {
    node.value = value
  } else if (
    isCollection(node) &&
    typeof value === 'object' &&
    value !== null &&
    isSeq(node) === Array.isArray(value)
  ) {
    const keys = Object.keys(node.toJS(document) as object).filter(key => !(key in value))
    for (const key of keys.reverse()) document.deleteIn(writtenPath(document, [...at, key]))
    for (const [key, each] of Object.entries(value)) replace(document, writtenPath(document, [...at, key]), each)
  } else document.setIn(at, document.createNode(value))
}

/** The path with its keys as the file has them: there, a name may be a number. */
function writtenPath(document: Document, path: Path): Path {
  const written: (string | number)[] = []
  for (const key of path) {
    const parent = document.getIn(written, true)
    const isSame = (other: unknown) => isScalar<string | number>(other) && String(other.value) === key
    const pair = isMap<Scalar<string | number>>(parent) ? parent.items.find(item => isSame(item.key)) : undefined
    written.push(pair?.key.value ?? (isSeq(parent) ? Number(key) : key))
  }
  return written
}

/** Whether an alias stands in the way: what it stands for belongs to others, too. */
function isShared(document: Document, path: Path): boolean {
  return path.some((_, length) => isAlias(document.getIn(path.slice(0, length), true)))
}

/** Where a new body is written: in a folder that is a case, or when it is too long for the test file. */
async function bodyFile(test: TestCase, value: unknown): Promise<string | undefined> {
  const isFolder = basename(test.file).startsWith('test.y')
  if (isFolder) {
    const present = (await readdir(test.folder)).find(name => name.startsWith('expected.'))
    return present ?? `expected.${endingOf(value)}`
  }
  if (typeof value !== 'string' || value.length <= inlineMax) return undefined
  const stem = `${basename(test.file).replace(/\.test\.ya?ml$/, '')}.${test.name.replace(/[^\p{L}\p{N}]+/gu, '-')}`
  return `${stem}.expected.${endingOf(value)}`
}

function endingOf(value: unknown): string {
  if (typeof value !== 'string') return 'bin'
  return /^\s*</.test(value) ? 'xml' : /^\s*[[{]/.test(value) ? 'json' : 'txt'
}
