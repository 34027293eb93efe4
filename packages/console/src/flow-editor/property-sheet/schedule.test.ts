import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSchedule, type Schedule, scheduleProblem, writeSchedule } from './schedule.ts'

const rows = (cells: Record<string, string>) =>
  Object.entries(cells)
    .map(([name, text]) => `<row><cell>${name}</cell><cell>${text}</cell></row>`)
    .join('')
const zone = 'Europe/Berlin'
const cron = (text: string) => rows({ noOfSchedules: '1', schedule1: `${text}&amp;trigger.timeZone=${zone}` })

const readable: [string, string, Schedule | undefined][] = [
  ['on deployment', rows({ schedule1: 'fireNow=true' }), { mode: 'once' }],
  ['at a time', cron('0+5+17+?+*+*+*'), { mode: 'daily', time: '17:05', timeZone: zone }],
  [
    'every few minutes',
    cron('0+0/30+5-19+?+*+*+*'),
    { mode: 'interval', every: '30', from: '5', to: '20', timeZone: zone },
  ],
  ['by other expressions', cron('0+3/10+*+?+*+*+*'), { mode: 'cron', cron: '0 3/10 * ? * * *', timeZone: zone }],
  ['by two schedules', rows({ noOfSchedules: '2', schedule1: 'fireNow=true' }), undefined],
  ['within bounds', rows({ schedule1: '0+0+1+?+*+*+*', startAt: '2025-04-02T10:00:00' }), undefined],
  ['never', rows({}), undefined],
]

for (const [name, value, schedule] of readable) {
  test(`reads a timer that fires ${name}`, () => assert.deepEqual(readSchedule(value), schedule))
  if (schedule)
    test(`writes it again: ${name}`, () => assert.deepEqual(readSchedule(writeSchedule('', schedule)), schedule))
}

test('fills in the original’s form, and empties what was in it before', () => {
  const before = rows({ dateType: '', own: 'kept', hourValue: '', OnEveryMinute: '5', schedule1: 'fireNow=true' })
  const after = writeSchedule(before, { mode: 'daily', time: '01:00', timeZone: zone })
  assert.equal(
    after,
    rows({
      dateType: 'DAILY',
      own: 'kept',
      hourValue: '01',
      OnEveryMinute: '',
      schedule1: `0+0+1+?+*+*+*&amp;trigger.timeZone=${zone}`,
      timeType: 'ON_TIME',
      minutesValue: '00',
      timeZone: `( UTC 1:00 ) Central European Standard Time(${zone})`,
      triggerType: 'cron',
      noOfSchedules: '1',
    }),
  )
})

const wrong: [Schedule, string | undefined][] = [
  [{ mode: 'daily', time: '24:00', timeZone: zone }, 'time'],
  [{ mode: 'interval', every: '60', from: '0', to: '24', timeZone: zone }, 'every'],
  [{ mode: 'interval', every: '5', from: '5', to: '5', timeZone: zone }, 'hours'],
  [{ mode: 'cron', cron: '* * *', timeZone: zone }, 'cron'],
  [{ mode: 'interval', every: '5', from: '0', to: '24', timeZone: zone }, undefined],
]

for (const [schedule, problem] of wrong)
  test(`finds what is wrong with ${JSON.stringify(schedule)}`, () => assert.equal(scheduleProblem(schedule), problem))
