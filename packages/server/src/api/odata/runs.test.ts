import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { MessageLog, RecordedStep, TracedMessage } from '../../store/store.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

const log: MessageLog = {
  messageGuid: 'traced',
  correlationId: 'traced',
  artifactId: 'orders',
  artifactName: 'Orders',
  packageId: 'pkg',
  status: 'COMPLETED',
  customStatus: undefined,
  logStart: 1_000,
  logEnd: 5_000,
  sender: undefined,
  receiver: undefined,
  applicationMessageId: undefined,
  applicationMessageType: undefined,
  error: undefined,
  errorStepId: undefined,
}

const message = (text: string): TracedMessage => ({
  headers: { 'Content-Type': 'text/plain', at: text },
  properties: { 'a b': text },
  body: Buffer.from(text),
  size: 7_000_000_000,
})

const step = (number: number, more: Partial<RecordedStep> = {}): RecordedStep => ({
  step: number,
  elementId: `CallActivity_${number}`,
  elementName: `Step ${number}`,
  processId: 'Process_1',
  callDepth: 0,
  branch: '',
  startedAt: 1_000 + number,
  stoppedAt: 2_000 + number,
  error: undefined,
  messages: [message(`before ${number}`), message(`after ${number}`)],
  ...more,
})

let service: TestService
before(async () => {
  service = await startTestService()
  const { messageLogs, traces } = service.store
  const failed = { status: 'FAILED', error: 'Expected bread, found none. (step CallActivity_2)' } as const
  messageLogs.record(log)
  messageLogs.record({ ...log, messageGuid: 'plain' })
  messageLogs.record({ ...log, messageGuid: 'failed', ...failed, errorStepId: 'CallActivity_2' })
  messageLogs.record({ ...log, messageGuid: 'running', status: 'PROCESSING' })
  const expiresAt = service.clock.now() + 60_000
  const steps = [step(1), step(2, { branch: '1.0', callDepth: 2, error: 'no bread' }), step(3, { messages: [] })]
  traces.record({ messageGuid: 'traced', runId: 'traced', expiresAt, steps })
  const tries = { customHeaders: [], adapterAttributes: [], attachments: [] }
  const attempt = { messageGuid: 'retried', startedAt: 1_000, stoppedAt: 2_000, logLevel: 'DEBUG' }
  const retried = { ...log, messageGuid: 'retried', logLevel: 'DEBUG' }
  const first = { ...attempt, id: 'retried', number: 1, status: 'RETRY' } as const
  messageLogs.record({ ...retried, ...failed, status: 'RETRY', errorStepId: 'A', details: { ...tries, run: first } })
  await messageLogs.flush()
  const second = { ...attempt, id: 'second', number: 2, startedAt: 3_000, status: 'RETRY', logLevel: 'INFO' } as const
  messageLogs.record({ ...retried, ...failed, status: 'RETRY', errorStepId: 'B', details: { ...tries, run: second } })
  const debugged = [step(1, { messages: [], error: 'not yet' })]
  traces.record({ messageGuid: 'retried', runId: 'retried', expiresAt, steps: debugged })
})
after(() => service.close())

const expert = { authorization: 'Bearer expert', accept: 'application/json' }
const get = async (path: string) => (await service.call('GET', path, { headers: expert })).json.d
const steps = "MessageProcessingLogRuns('traced')/RunSteps"

async function traceIds(childCount: number): Promise<string[]> {
  const { results } = await get(`MessageProcessingLogRunSteps(RunId='traced',ChildCount=${childCount})/TraceMessages`)
  return results.map((row: { TraceId: string }) => row.TraceId)
}

test('a message that is tried again has several runs, the latest first, each with its steps', async () => {
  const { results, __count } = await get("MessageProcessingLogs('retried')/Runs?$inlinecount=allpages")
  assert.equal(__count, '2')
  assert.deepEqual(
    results.map((row: Record<string, string>) => [row.Id, row.OverallState, row.LogLevel, row.RunStart]),
    [
      ['second', 'RETRY', 'INFO', '/Date(3000)/'],
      ['retried', 'RETRY', 'DEBUG', '/Date(1000)/'],
    ],
  )
  const filtered = await get("MessageProcessingLogs('retried')/Runs?$filter=LogLevel eq 'DEBUG'")
  assert.equal(filtered.results.length, 1)
  for (const [id, element, error] of [
    ['retried', 'CallActivity_1', /not yet/],
    ['second', 'B', /Expected bread/],
  ] as const) {
    const [only, ...others] = (await get(`MessageProcessingLogRuns('${id}')/RunSteps`)).results
    assert.deepEqual([only.RunId, only.ModelStepId, others.length], [id, element, 0])
    assert.match(only.Error, error)
  }
  assert.equal((await get("MessageProcessingLogs('retried')/Runs('second')")).OverallState, 'RETRY')
  assert.equal((await service.call('GET', "MessageProcessingLogs('plain')/Runs('second')")).status, 404)
})

test('a message has one run, of its ID, with the times and state of its log', async () => {
  const { results, __count } = await get(
    "MessageProcessingLogs('traced')/Runs?$inlinecount=allpages&$format=json&$top=200",
  )
  assert.equal(__count, '1')
  const [{ Id, RunStart, RunStop, OverallState }] = results
  assert.deepEqual([Id, RunStart, RunStop, OverallState], ['traced', '/Date(1000)/', '/Date(5000)/', 'COMPLETED'])
  assert.equal((await get("MessageProcessingLogRuns('running')")).RunStop, null)
  assert.equal((await service.call('GET', "MessageProcessingLogRuns('nobody')")).status, 404)
  assert.equal((await service.call('GET', "MessageProcessingLogs('traced')/Runs('plain')")).status, 404)
})

test('steps are listed, paged, filtered and sorted as clients ask', async () => {
  const cases: readonly (readonly [query: string, expected: readonly number[]])[] = [
    ['?$inlinecount=allpages&$format=json&$top=300', [1, 2, 3]],
    ['?$inlinecount=allpages&$format=json& $top=2 ', [1, 2]],
    ['?$inlinecount=allpages&$top=300&$skip=1&$expand=RunStepProperties', [2, 3]],
    ['?$orderby=ChildCount desc', [3, 2, 1]],
    ["?$filter=Status eq 'FAILED'", [2]],
    ['?$filter=Error ne null', [2]],
    ['?$filter=ChildCount ge 2 and ChildCount lt 3', [2]],
    ["?$filter=ModelStepId eq 'CallActivity_3' and RunId eq 'traced'", [3]],
    ["?$filter=StepStart gt datetime'1970-01-01T00:00:01.001'", [2, 3]],
  ]
  for (const [query, expected] of cases) {
    const { results, __count } = await get(`${steps}${query}`)
    assert.deepEqual(
      results.map((row: { ChildCount: number }) => row.ChildCount),
      expected,
      query,
    )
    if (query.includes('inlinecount')) assert.equal(__count, '3', query)
  }
})

test('a step says where, when, in which branch and with what error, and what else is known of it', async () => {
  const path = "MessageProcessingLogRunSteps(RunId='traced',ChildCount=2)/?$expand=RunStepProperties&$format=json"
  const {
    StepStart,
    StepStop,
    StepId,
    ModelStepId,
    BranchId,
    Status,
    Error: error,
    Activity,
    ...rest
  } = await get(path)
  assert.deepEqual(
    [StepStart, StepStop, StepId, ModelStepId, BranchId, Status, error, Activity],
    ['/Date(1002)/', '/Date(2002)/', 'CallActivity_2', 'CallActivity_2', '1.0', 'FAILED', 'no bread', 'Step 2'],
  )
  assert.deepEqual(
    rest.RunStepProperties.results.map((row: Record<string, unknown>) => [row.Name, row.Value]),
    [
      ['CallDepth', '2'],
      ['ProcessId', 'Process_1'],
    ],
  )
  assert.equal((await service.call('GET', "MessageProcessingLogRunSteps(RunId='traced',ChildCount=4)")).status, 404)
})

test('the messages of a step come before and after it, each with headers, properties and body', async () => {
  const [before, after, ...others] = await traceIds(1)
  assert.ok(before !== undefined && after !== undefined && Number(before) < Number(after))
  assert.equal(others.length, 0)
  assert.deepEqual(await traceIds(3), [])
  const { MplId, RunId, ModelStepId, PayloadSize, MimeType } = await get(`TraceMessages(${before})`)
  assert.deepEqual(
    [MplId, RunId, ModelStepId, PayloadSize, MimeType],
    ['traced', 'traced', 'CallActivity_1', '7000000000', 'text/plain'],
  )
  for (const key of [after, `${after}L`, `TraceId=${after}L`]) {
    const answer = await service.call('GET', `TraceMessages(${key})/$value`, { headers: expert })
    assert.deepEqual([answer.status, answer.text], [200, 'after 1'], key)
  }
  const pairs = (rows: readonly Record<string, string>[]) => rows.map(row => [row.TraceId, row.Name, row.Value])
  assert.deepEqual(pairs((await get(`TraceMessages(${after})/Properties`)).results), [
    [after, 'Content-Type', 'text/plain'],
    [after, 'at', 'after 1'],
  ])
  assert.deepEqual(pairs((await get(`TraceMessages(${after})/ExchangeProperties?$format=json`)).results), [
    [after, 'a b', 'after 1'],
  ])
  const both = await get(
    "MessageProcessingLogRunSteps(RunId='traced',ChildCount=1)/TraceMessages?$expand=Properties,ExchangeProperties&$filter=PayloadSize gt 5L&$orderby=TraceId desc",
  )
  assert.deepEqual(
    both.results.map((row: { Properties: { results: Record<string, string>[] } }) => row.Properties.results[1]?.Value),
    ['after 1', 'before 1'],
  )
  assert.equal((await get(`TraceMessageProperties(TraceId=${before}L,Name='at')`)).Value, 'before 1')
  const absent = `MessageProcessingLogRunSteps(RunId='traced',ChildCount=2)/TraceMessages(${before}L)`
  assert.equal((await service.call('GET', absent)).status, 404)
})

test('a message whose steps were not recorded shows the one at which it failed', async () => {
  const { results, __count } = await get("MessageProcessingLogRuns('failed')/RunSteps?$inlinecount=allpages")
  assert.equal(__count, '1')
  const [{ ChildCount, ModelStepId, Status, Error: error, StepStop }] = results
  assert.deepEqual([ChildCount, ModelStepId, Status, StepStop], [1, 'CallActivity_2', 'FAILED', '/Date(5000)/'])
  assert.match(error, /Expected bread/)
  const one = await get(
    "MessageProcessingLogRunSteps(RunId='failed',ChildCount=1)?$expand=RunStepProperties,TraceMessages",
  )
  assert.deepEqual([one.RunStepProperties.results, one.TraceMessages.results], [[], []])
  assert.deepEqual((await get("MessageProcessingLogRuns('plain')/RunSteps")).results, [])
})

test('contents are for those who may read payloads, and for as long as they are kept', async () => {
  const [before = ''] = await traceIds(1)
  const paths = [
    [`TraceMessages(${before})`, 200],
    [`TraceMessages(${before})/$value`, 403],
    [`TraceMessages(${before})/Properties`, 403],
    [`TraceMessages(${before})/ExchangeProperties`, 403],
    ['TraceMessages(99999)', 404],
    ['TraceMessages(9223372036854775807L)', 404],
    ["TraceMessages('x')", 400],
    ['TraceMessages', 404],
  ] as const
  for (const [path, status] of paths) assert.equal((await service.call('GET', path)).status, status, path)
  service.clock.advance(60_000)
  assert.equal((await service.call('GET', `TraceMessages(${before})`)).status, 404)
  assert.deepEqual(await traceIds(1), [])
  assert.equal((await get(steps)).results.length, 3)
})
