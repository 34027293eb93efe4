import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Exchange } from '@sluice/iflow'
import type { FlowRun, FlowSource } from '@sluice/iflow/testing'
import { compileSource, fakePorts, message, runFlow } from '@sluice/iflow/testing'

/**
 * A folder below `flows` is a test: `flow.iflw`, or a whole artifact in `artifact/`; `input.json` with what the message
 * and the world hold; the body in `in.*`. Expected are `expected.json` (status, failure, headers, properties, log and the
 * trace, or the diagnostics of a flow that cannot be compiled) and the body in `expected.*`. `UPDATE=1` writes what came
 * out instead: read it before you commit it.
 */
interface Input {
  /** What the case shows, in a sentence. */
  readonly about: string
  readonly headers?: Readonly<Record<string, unknown>>
  readonly properties?: Readonly<Record<string, unknown>>
  /** Texts by name. */
  readonly attachments?: Readonly<Record<string, string>>
  readonly parameters?: Readonly<Record<string, string>>
  readonly variables?: Record<string, unknown>
  readonly dataStores?: Record<string, string>
  readonly numberRanges?: Readonly<Record<string, number>>
  readonly valueMappings?: Readonly<Record<string, string>>
  readonly stepsMax?: number
}

const flows = fileURLToPath(new URL('./flows/', import.meta.url))
const isUpdate = process.env.UPDATE === '1'

for (const name of readdirSync(flows).sort()) {
  const folder = `${flows}${name}/`
  const input = JSON.parse(readFileSync(`${folder}input.json`, 'utf8')) as Input
  test(`${name}: ${input.about}`, async () => {
    const source = readSource(folder)
    const parameters = new Map(Object.entries(input.parameters ?? {}))
    const { plan, diagnostics } = await compileSource(source, { parameters })
    if (plan === undefined) {
      const found = diagnostics.map(({ code, severity, at, message: text }) => {
        return { code, severity, elementId: at.elementId ?? null, line: at.line ?? null, message: text }
      })
      return expectJson(`${folder}expected.json`, { diagnostics: found })
    }
    const run = await runFlow(source, {
      parameters,
      message: message({ ...input, ...bodyOf(folder) }),
      ports: fakePorts(input),
      ...(input.stepsMax !== undefined && { limits: { stepsMax: input.stepsMax } }),
    })
    expectJson(`${folder}expected.json`, { ...outcomeOf(run), ...worldAfter(input) })
    const { body } = run.result.exchange
    if (!body.isNull) expectText(`${folder}${expectedBodyName(folder)}`, body.text())
    else assert.equal(existsSync(`${folder}${expectedBodyName(folder)}`), false)
  })
}

function readSource(folder: string): FlowSource {
  const artifact = `${folder}artifact/`
  if (!existsSync(artifact)) return readFileSync(`${folder}flow.iflw`, 'utf8')
  const paths = readdirSync(artifact, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  return new Map(
    paths.map(({ parentPath, name }) => {
      const path = `${parentPath.replace(/\/$/, '')}/${name}`
      return [path.slice(artifact.length), new Uint8Array(readFileSync(path))]
    }),
  )
}

function bodyOf(folder: string): { body?: string } {
  const file = readdirSync(folder).find(entry => entry.startsWith('in.'))
  return file === undefined ? {} : { body: readFileSync(`${folder}${file}`, 'utf8') }
}

function expectedBodyName(folder: string): string {
  return readdirSync(folder).find(entry => /^expected\.(?!json$)/.test(entry)) ?? 'expected.txt'
}

/** What the flow left in data stores and variables, for cases that say what was there before. */
function worldAfter({ dataStores, variables }: Input): object {
  return { ...(dataStores && { dataStores, variables }) }
}

function outcomeOf({ result, trace }: FlowRun): object {
  const { exchange, failure, log, status } = result
  const isOurs = ([key]: readonly [string, unknown]) => !/^SAP_(MessageProcessingLogID|MplCorrelationId)$/.test(key)
  const { messageGuid: _guid, correlationId: _correlation, ...collected } = log
  return {
    status,
    ...(failure && { failure: { code: failure.code, stepId: failure.stepId, message: failure.message } }),
    headers: Object.fromEntries([...exchange.headers].filter(isOurs)),
    properties: Object.fromEntries([...exchange.properties].filter(isOurs).map(plain)),
    ...(exchange.attachments.size > 0 && { attachments: attachmentsOf(exchange) }),
    log: Object.fromEntries(Object.entries(collected).filter(([, value]) => !Array.isArray(value) || value.length > 0)),
    trace: trace.join(' '),
  }
}

function attachmentsOf({ attachments }: Exchange): unknown {
  return Object.fromEntries(
    Array.from(attachments, ([name, { body, contentType }]) => [name, { contentType, text: body.text() }]),
  )
}

/** Values that JSON has no form for, as text. */
function plain([key, value]: readonly [string, unknown]): readonly [string, unknown] {
  const isPlain = typeof value !== 'object' || value === null
  return [key, isPlain ? value : `${value.constructor.name}${Array.isArray(value) ? ` of ${value.length}` : ''}`]
}

/** Compared as values: how the file is laid out does not matter. */
function expectJson(file: string, value: unknown): void {
  const text = JSON.stringify(value, null, 2)
  if (isUpdate) writeFileSync(file, `${text}\n`)
  else assert.deepEqual(JSON.parse(text), JSON.parse(readFileSync(file, 'utf8')))
}

function expectText(file: string, content: string): void {
  if (isUpdate) writeFileSync(file, content)
  else assert.equal(content, readFileSync(file, 'utf8'))
}
