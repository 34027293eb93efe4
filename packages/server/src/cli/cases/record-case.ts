import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { asText, Body } from '@sluice/iflow'
import { type Document, parseDocument } from 'yaml'
import type { Difference } from './call-differences.ts'
import type { RawExpectation } from './case-schema.ts'
import type { TestCase } from './read-case-file.ts'
import type { CaseRun } from './run-case.ts'

/** Bodies beyond this many characters are written beside the test file. */
const inlineMax = 2_000

/**
 * Writes expectations into test files: of cases that expect nothing what their messages did, of others what was found in place
 * of what differs. Comments and layout of the rest stay. Expectations by regular expression or part are left as they are.
 */
export class CaseRecorder {
  readonly #documents = new Map<string, Document>()
  /** Files that were changed. */
  readonly changed = new Set<string>()

  async record(test: TestCase, run: CaseRun, differences: readonly Difference[]): Promise<void> {
    const isNew = Object.keys(test.raw.expect ?? {}).length === 0
    if (!isNew && differences.length === 0) return
    const document = await this.#open(test.file)
    const expected = test.raw.expect ?? {}
    const wanted = new Set(differences.map(({ what }) => what.split(/[.[]/)[0] ?? what))
    const keys = isNew ? recordedKeys(run) : keysToReplace(wanted, expected)
    for (const key of keys) await this.#replace(document, test, key, run)
  }

  /** Writes the changed files. */
  async save(): Promise<void> {
    for (const file of this.changed) {
      const document = this.#documents.get(file)
      if (document) await writeFile(file, document.toString({ lineWidth: 0 }))
    }
  }

  async #open(file: string): Promise<Document> {
    const known = this.#documents.get(file) ?? parseDocument(await readFile(file, 'utf8'))
    this.#documents.set(file, known)
    return known
  }

  async #replace(document: Document, test: TestCase, key: keyof RawExpectation, run: CaseRun): Promise<void> {
    const old = test.raw.expect?.[key]
    const value = foundValue(key, run, old)
    if (value === undefined) {
      if (document.hasIn([...test.at, 'expect', key])) document.deleteIn([...test.at, 'expect', key])
      else return
    } else {
      const file = key === 'body' ? await bodyFile(test, old, value) : undefined
      if (file !== undefined) {
        await writeFile(resolve(test.folder, file), bytesOf(run))
        if (typeof old === 'object' && old !== null && 'file' in old) return
        document.setIn([...test.at, 'expect', key], document.createNode({ file }))
      } else document.setIn([...test.at, 'expect', key], document.createNode(value))
    }
    this.changed.add(test.file)
  }
}

function recordedKeys({ result, calls, queued, mails, reply }: CaseRun): readonly (keyof RawExpectation)[] {
  return [
    'status',
    ...(result.failure ? (['failure'] as const) : (['body'] as const)),
    ...(reply && result.failure ? (['reply'] as const) : []),
    ...(calls.length > 0 ? (['calls'] as const) : []),
    ...(queued.length > 0 ? (['queues'] as const) : []),
    ...(mails.length > 0 ? (['mails'] as const) : []),
  ]
}

function keysToReplace(wanted: ReadonlySet<string>, expected: RawExpectation): readonly (keyof RawExpectation)[] {
  const keys = Object.keys(expected) as (keyof RawExpectation)[]
  return [...new Set<keyof RawExpectation>([...(wanted.has('status') ? (['status'] as const) : []), ...keys])].filter(
    key => wanted.has(key),
  )
}

/** What the run has where the case expects something; undefined: nothing that can be written down. */
function foundValue(key: keyof RawExpectation, run: CaseRun, old: unknown): unknown {
  const { result, reply, calls, queued, mails, events } = run
  const { exchange, failure } = result
  const named = (found: { get(name: string): unknown }) =>
    Object.fromEntries(
      Object.keys((old ?? {}) as object).map(name => {
        const value = found.get(name)
        return [name, value === undefined ? null : asText(value)]
      }),
    )
  switch (key) {
    case 'status':
      return result.status
    case 'body':
      return contentValue(exchange.body.raw)
    case 'headers':
      return named(exchange.headers)
    case 'properties':
      return named(exchange.properties)
    case 'failure':
      return (
        failure && { code: failure.code, message: failure.message, ...(failure.stepId && { step: failure.stepId }) }
      )
    case 'reply':
      return reply && { status: reply.status, body: contentValue(Body.of(reply.body).raw) }
    case 'calls':
      return groupedBodies(
        calls.map(({ channel, exchange: message, request }) => [
          channel.name || channel.id,
          contentValue(request ? (request.body ?? null) : message.body.raw),
        ]),
      )
    case 'queues':
      return groupedBodies(queued.map(({ queue, content }) => [queue, contentValue(content.body)]))
    case 'mails':
      return mails.map(({ to, subject, body }) => {
        return { to: to.map(({ address }) => address).join(', '), subject, body: contentValue(body.content) }
      })
    case 'order':
      return calls.map(({ channel }) => channel.name || channel.id)
    case 'path':
      return events
        .filter(({ phase, run: number }) => phase === 'start' && number === 1)
        .map(({ elementId, elementName }) => elementName || elementId)
    default:
      return old
  }
}

function groupedBodies(pairs: readonly (readonly [name: string, body: unknown])[]): Readonly<Record<string, unknown>> {
  const groups = Map.groupBy(pairs, ([name]) => name)
  return Object.fromEntries(Array.from(groups, ([name, list]) => [name, list.map(([, body]) => ({ body }))]))
}

function contentValue(content: string | Uint8Array | null): unknown {
  if (content === null) return null
  if (typeof content === 'string') return content
  const text = Buffer.from(content).toString('utf8')
  return text.includes('\ufffd') ? { base64: Buffer.from(content).toString('base64') } : text
}

/** Where a body is written that is expected to be in a file, or is too long for the test file. */
async function bodyFile(test: TestCase, old: unknown, value: unknown): Promise<string | undefined> {
  if (typeof old === 'object' && old !== null && 'file' in old && typeof old.file === 'string') return old.file
  const isLong = typeof value === 'string' && value.length > inlineMax
  const isFolder = basename(test.file).startsWith('test.y')
  if (!isLong && !isFolder) return undefined
  const present = (await readdir(test.folder)).find(name => name.startsWith('expected.'))
  if (isFolder) return present ?? `expected.${endingOf(value)}`
  const stem = `${basename(test.file).replace(/\.test\.ya?ml$/, '')}.${test.name.replace(/[^\p{L}\p{N}]+/gu, '-')}`
  return `${stem}.expected.${endingOf(value)}`
}

function endingOf(value: unknown): string {
  if (typeof value !== 'string') return 'bin'
  return /^\s*</.test(value) ? 'xml' : /^\s*[[{]/.test(value) ? 'json' : 'txt'
}

function bytesOf({ result }: CaseRun): string | Uint8Array {
  return result.exchange.body.raw ?? ''
}
