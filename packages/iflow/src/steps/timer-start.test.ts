import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TimerEntryPoint } from '../compile/entry-point.ts'
import { compileSource, flowText, runFlow } from '../testing/index.ts'

function flowOf(rows: Readonly<Record<string, string>> | string): string {
  const scheduleKey =
    typeof rows === 'string'
      ? rows
      : Object.entries(rows)
          .map(([name, value]) => `<row><cell>${name}</cell><cell>${value}</cell></row>`)
          .join('')
  return flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'TimerStartEvent', properties: { scheduleKey } },
          { id: 'Body', type: 'Enricher', properties: { wrapContent: 'tick' } },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [
          { from: 'Start', to: 'Body' },
          { from: 'Body', to: 'End' },
        ],
      },
    ],
  })
}

async function timerOf(rows: Readonly<Record<string, string>>): Promise<TimerEntryPoint> {
  const { plan, diagnostics } = await compileSource(flowOf(rows))
  assert.deepEqual(diagnostics, [])
  const [entry] = plan?.entryPoints ?? []
  assert.equal(entry?.kind, 'timer')
  return entry
}

test('a timer on deployment is an entry point without times', async () => {
  const { receive, ...entry } = await timerOf({ triggerType: 'simple', noOfSchedules: '1', schedule1: 'fireNow=true' })
  assert.deepEqual(entry, {
    kind: 'timer',
    stepId: 'Start',
    processId: 'Main',
    firesOnDeployment: true,
    schedules: [],
    failsWhenOver: false,
  })
  const { body, headers, properties } = receive()
  assert.deepEqual([body.isNull, headers.size, properties.size], [true, 0, 0])
})

test('a simple schedule that neither recurs nor has a date is one on deployment', async () => {
  const { firesOnDeployment, failsWhenOver } = await timerOf({
    dateType: 'SIMPLE',
    startAt: '',
    throwExceptionOnExpiry: 'true',
    schedule1: 'simple.repeat=NONE&amp;trigger.timeZone=Etc/GMT',
  })
  assert.deepEqual([firesOnDeployment, failsWhenOver], [true, true])
})

test('cron expressions have + for blanks and a time zone, and there may be several', async () => {
  const { schedules } = await timerOf({
    noOfSchedules: '2',
    schedule1: '0+30+14+?+*+MON+*&amp;trigger.timeZone=Asia/Calcutta',
    schedule2: '0+0+17+?+*+*+*&amp;trigger.timeZone=Etc/GMT+2',
    schedule3: 'not read',
  })
  assert.deepEqual(
    schedules.map(({ cron, timeZone }) => [cron, timeZone]),
    [
      ['0 30 14 ? * MON *', 'Asia/Calcutta'],
      ['0 0 17 ? * * *', 'Etc/GMT+2'],
    ],
  )
  const [first] = schedules
  assert.equal(first?.next(Date.UTC(2026, 0, 1)), Date.UTC(2026, 0, 5, 9))
})

const instant = (text: string) => Date.parse(text)

test('a simple schedule with a date is due then', async () => {
  const { schedules, firesOnDeployment } = await timerOf({
    startAt: '2026-04-02T10:00:00',
    endAt: '2026-05-01T10:00:00',
    schedule1: 'simple.repeat=NONE&amp;trigger.timeZone=Europe/Berlin',
  })
  const [only] = schedules
  assert.deepEqual(
    [firesOnDeployment, only?.next(instant('2026-01-01T00:00:00Z'))],
    [false, instant('2026-04-02T08:00:00Z')],
  )
  assert.equal(only?.next(instant('2026-04-02T08:00:00Z')), undefined)
})

test('a recurring schedule may have a beginning and an end', async () => {
  const { schedules } = await timerOf({
    startAt: '2026-04-02T10:00:00',
    endAt: '2026-04-03T10:00',
    schedule1: '0+0+10+?+*+*+*&amp;trigger.timeZone=Europe/Berlin',
  })
  const [only] = schedules
  const [first, last] = [instant('2026-04-02T08:00:00Z'), instant('2026-04-03T08:00:00Z')]
  assert.deepEqual(
    [0, first, last].map(after => only?.next(after)),
    [first, last, undefined],
  )
})

test('a run of the process is what the timer starts', async () => {
  const { result, trace } = await runFlow(flowOf({ schedule1: 'fireNow=true' }))
  assert.deepEqual([result.status, result.exchange.text(), trace], ['COMPLETED', 'tick', ['Start', 'Body', 'End']])
})

const wrong: readonly [rows: Readonly<Record<string, string>> | string, code: string, message: RegExp][] = [
  ['', 'invalid-value', /scheduleKey/],
  ['Adhoc', 'invalid-schedule', /a schedule in rows/],
  [{ triggerType: 'cron' }, 'invalid-schedule', /a schedule, found none/],
  [{ schedule1: '0+0+25+?+*+*+*' }, 'invalid-schedule', /hours from 0 to 23, found "25"/],
  [{ schedule1: '0+0+1+?+*+*+*&amp;trigger.timeZone=Mars' }, 'invalid-schedule', /time zone .*"Mars"/],
  [{ schedule1: 'simple.repeat=DAILY' }, 'invalid-schedule', /found "simple\.repeat=DAILY"/],
  [{ schedule1: 'fireNow=true&amp;trigger.startTime=1' }, 'invalid-schedule', /trigger\.startTime=1/],
  [{ noOfSchedules: '999', schedule1: 'fireNow=true' }, 'invalid-schedule', /1 to 100 schedules, found "999"/],
  [{ noOfSchedules: '2', schedule1: 'fireNow=true' }, 'invalid-schedule', /a schedule, found none/],
  [{ startAt: 'soon', schedule1: '0+0+1+?+*+*+*' }, 'invalid-schedule', /in "soon"/],
]

for (const [rows, code, message] of wrong) {
  test(`${JSON.stringify(rows)} is reported at the event`, async () => {
    const { plan, diagnostics } = await compileSource(flowOf(rows))
    const [found] = diagnostics
    assert.deepEqual([plan, found?.code, found?.at.elementId], [undefined, code, 'Start'])
    assert.match(found?.message ?? '', message)
  })
}
