import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { type Answer, jsonOf, rowsOf } from '../wire.ts'
import { parameterOf } from './configuration.ts'
import { order } from './runtime.ts'

const commands = 'com.sap.it.op.tmn.commands.dashboard.webui'

interface RunStep {
  readonly ChildCount: number
  readonly ModelStepId: string
  readonly Status: string
  readonly StepStop: string
}

interface TraceMessage {
  readonly TraceId: string
  readonly ModelStepId: string
  readonly PayloadSize: string
}

/** Step 26: the log level TRACE, and a message at each step of the flow. */
export function traceSteps(run: AcceptanceRun): void {
  let guid = ''
  let runId = ''
  let traceIds: string[] = []

  test('26: CPI Helper sets the log level, and sees it', async () => {
    const text = '{"artifactSymbolicName":"AccFlow","mplLogLevel":"TRACE","nodeType":"IFLMAP"}'
    const answer = await run.cpiHelper.postCommand(`${commands}.IntegrationComponentSetMplLogLevelCommand`, text)
    assert.equal(answer.status, 200, answer.text)
    const detail = await run.cpiHelper.getCommand(`${commands}.IntegrationComponentDetailCommand?artifactId=AccFlow`)
    assert.match(JSON.stringify(JSON.parse(detail.text)), /"logLevel":"TRACE"/)
    const message = await run.piper.trigger(run.endpoint, order('4714', 60), 'application/xml')
    assert.equal(message.status, 200, message.text)
    guid = message.headers.get('sap_messageprocessinglogid') ?? ''
    const log = await run.cpiHelper.get(`/api/v1/MessageProcessingLogs('${guid}')?$format=json`)
    assert.equal(jsonOf<{ LogLevel: string }>(log).LogLevel, 'TRACE')
  })

  test('26: CPI Helper and figaf page through the steps of the run', async () => {
    const logRuns = `/api/v1/MessageProcessingLogs('${guid}')/Runs?$inlinecount=allpages&$format=json&$top=200`
    const [first] = rowsOf<{ Id: string; OverallState: string }>(await run.cpiHelper.get(logRuns))
    assert.equal(first?.OverallState, 'COMPLETED')
    runId = first?.Id ?? ''
    const steps = `/api/v1/MessageProcessingLogRuns('${runId}')/RunSteps?$inlinecount=allpages&$format=json`
    const all = await run.cpiHelper.get(`${steps}& $top=300 `)
    const { __count, results } = jsonOf<{ __count: string; results: RunStep[] }>(all)
    const ids = [
      'StartEvent_2',
      'CallActivity_3',
      'CallActivity_4',
      'ExclusiveGateway_5',
      'CallActivity_6',
      'EndEvent_8',
    ]
    assert.deepEqual(
      results.map(({ ModelStepId }) => ModelStepId).filter(id => ids.includes(id)),
      ids,
    )
    assert.ok(
      !results.some(({ ModelStepId }) => ModelStepId === 'CallActivity_7'),
      'Expected the refusing step to be left out',
    )
    for (const { StepStop } of results) assert.match(StepStop, /^\/Date\(\d+\)\/$/)
    const page = await run.figaf.get(`${steps}&$expand=RunStepProperties&$top=2&$skip=1`)
    const second = jsonOf<{ __count: string; results: RunStep[] }>(page)
    assert.equal(second.__count, __count)
    assert.deepEqual(second.results.map(childCount), results.slice(1, 3).map(childCount))
    traceIds = await idsAt(results.find(({ ModelStepId }) => ModelStepId === 'CallActivity_6'))
  })

  test('26: CPI Helper, figaf and the SAP Cloud SDK read the message before and after a step', async () => {
    const [before = '', after = ''] = traceIds
    assert.equal((await run.cpiHelper.get(`/api/v1/TraceMessages(${before})/$value`)).text, order('4714', 60))
    const confirmation = `<confirmation><id>4714</id><text>${await parameterOf(run, 'My Key')}</text></confirmation>`
    assert.equal((await run.figaf.get(`/api/v1/TraceMessages(${after}L)/$value`)).text, confirmation)
    const headers = valuesOf(await run.cpiHelper.get(`/api/v1/TraceMessages(${after})/Properties?$format=json`))
    assert.deepEqual([headers['Content-Type'], headers.OrderKind], ['application/xml', 'standard'])
    const properties = await run.figaf.get(`/api/v1/TraceMessages(${after}L)/ExchangeProperties?$format=json`)
    assert.deepEqual([valuesOf(properties).orderId, valuesOf(properties).amount], ['4714', '60'])
    const api = (await run.sdk()).api('TraceMessages')
    const message = await api.requestBuilder().getByKey(after).execute(run.destination)
    assert.deepEqual([String(message.traceId), message.modelStepId], [after, 'CallActivity_6'])
  })

  async function idsAt(step: RunStep | undefined): Promise<string[]> {
    const path = `/api/v1/MessageProcessingLogRunSteps(RunId='${runId}',ChildCount=${step?.ChildCount})`
    const described = await run.cpiHelper.get(`${path}/?$expand=RunStepProperties&$format=json`)
    assert.equal(jsonOf<RunStep>(described).ModelStepId, 'CallActivity_6')
    const messages = rowsOf<TraceMessage>(await run.cpiHelper.get(`${path}/TraceMessages?$format=json`))
    for (const { ModelStepId } of messages) assert.equal(ModelStepId, 'CallActivity_6')
    return messages.map(({ TraceId }) => TraceId)
  }
}

function childCount(step: RunStep): number {
  return step.ChildCount
}

function valuesOf(answer: Answer): Record<string, string> {
  return Object.fromEntries(rowsOf<{ Name: string; Value: string }>(answer).map(({ Name, Value }) => [Name, Value]))
}
