import { availableParallelism } from 'node:os'
import { Body, type Exchange, Failure, type RunScope, type ScriptProgram, type Scripts } from '@sluice/iflow'
import { ProcessLost, ProcessPool } from '../../processes/process-pool.ts'
import type {
  Content,
  LimitedRequest,
  SandboxLimits,
  ScriptCall,
  ScriptChanges,
  ScriptOutcome,
  ScriptRequest,
} from './script-call.ts'
import { contentOf, fromScript, toScript } from './script-value.ts'

/** How much longer than its script a process may take before it is ended: to begin, and for what cannot be interrupted. */
const graceMs = 5_000
/** For copies of messages beside the sandbox's own memory. */
const heapMb = 1_024
/** So many scripts may loop for ever before the next has to wait; processes start as they are needed. */
const sizeMin = 4

/** Runs JavaScript in sandboxes within processes of their own. `close` ends them. */
export function openJavaScript(limits: SandboxLimits): Scripts & { close(): Promise<void> } {
  const pool = new ProcessPool<LimitedRequest, ScriptOutcome | readonly string[]>({
    entry: new URL('./javascript-process.ts', import.meta.url),
    size: Math.max(sizeMin, availableParallelism()),
    timeoutMs: limits.timeoutMs + graceMs,
    memoryMb: heapMb,
  })
  const ask = (request: ScriptRequest) =>
    pool.request({ limits, request }).catch(error => {
      if (!(error instanceof ProcessLost)) throw error
      throw new Failure(`${error.message} (${request.file})`, { code: 'script-limit', cause: error })
    })
  return {
    prepare: async ({ file, source }) => (await ask({ task: 'check', file, source })) as readonly string[],
    async run(program, functionName, exchange, scope) {
      const kept: unknown[] = []
      const call = callOf(program, functionName, exchange, scope, kept)
      const { log, changes, problem } = (await ask(call)) as ScriptOutcome
      for (const [kind, name = '', text = '', contentType = 'text/plain'] of log) {
        if (kind === 'attachment') scope.log.attach({ name, contentType, body: Body.of(text) })
        else if (kind === 'custom-header') scope.log.addCustomHeader(name, text)
        else scope.log.setStringProperty(name, text)
      }
      if (problem) throw new Failure(problem.message, { code: problem.code })
      if (changes) apply(changes, exchange, call, kept)
    },
    async map({ file }) {
      throw new Failure(`Expected functions of message mappings in Groovy, found ${file}`, { code: 'script' })
    },
    close: () => pool.close(),
  }
}

function callOf(
  { file, source }: ScriptProgram,
  functionName: string,
  exchange: Exchange,
  { ports }: RunScope,
  kept: unknown[],
): Extract<ScriptRequest, { task: 'call' }> {
  const { charset } = exchange
  const entriesOf = (entries: Iterable<readonly [string, unknown]>) =>
    Array.from(entries, ([name, value]) => [name, toScript(value, kept)] as const)
  const content = ({ raw }: Body): Content => ({ raw, charset })
  return {
    task: 'call',
    file,
    source,
    functionName,
    headers: entriesOf(exchange.headers),
    properties: entriesOf(exchange.properties),
    content: content(exchange.body),
    attachments: Array.from(exchange.attachments, ([name, { body, contentType }]) => ({
      name,
      contentType,
      content: content(body),
    })),
    now: ports.clock.now(),
  }
}

/** Makes the message what the script left. Values that it did not change stay the very same. */
function apply(changes: ScriptChanges, exchange: Exchange, before: ScriptCall, kept: readonly unknown[]): void {
  const { headers, properties, attachments } = exchange
  replaceChanged(headers, before.headers, changes.headers, kept)
  replaceChanged(properties, before.properties, changes.properties, kept)
  if (changes.body !== undefined) exchange.body = Body.of(contentOf(changes.body))
  const originals = [...attachments.values()]
  attachments.clear()
  for (const attachment of changes.attachments) {
    const same = 'original' in attachment ? originals[attachment.original] : undefined
    if (same) attachments.set(attachment.name, same)
    if (!('content' in attachment)) continue
    const { name, contentType, content } = attachment
    attachments.set(name, { body: Body.of(contentOf(content)), contentType })
  }
}

function replaceChanged(
  values: Pick<Map<string, unknown>, 'delete'> & { set(name: string, value: unknown): unknown },
  before: ScriptCall['headers'],
  after: ScriptCall['headers'],
  kept: readonly unknown[],
): void {
  const written = new Map(before.map(([name, value]) => [name, JSON.stringify(value)]))
  const left = new Set(after.map(([name]) => name))
  for (const [name] of before) if (!left.has(name)) values.delete(name)
  for (const [name, value] of after) {
    if (written.get(name) !== JSON.stringify(value)) values.set(name, fromScript(value, kept))
  }
}
