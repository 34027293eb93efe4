import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCron } from './cron.ts'

function times(expression: string, zone: string, after: string, count: number): string[] {
  const compiled = compileCron(expression, zone)
  assert.ok('next' in compiled, JSON.stringify(compiled))
  const found: string[] = []
  let instant: number | undefined = Date.parse(after)
  for (let index = 0; index < count; index += 1) {
    instant = compiled.next(instant)
    if (instant === undefined) return [...found, 'over']
    found.push(new Date(instant).toISOString().replace('.000Z', 'Z'))
  }
  return found
}

const thursday = '2026-01-01T00:00:00Z'

const due: readonly [expression: string, after: string, ...times: string[]][] = [
  ['* * * ? * * *', '2026-01-01T00:00:00.001Z', '2026-01-01T00:00:01Z', '2026-01-01T00:00:02Z'],
  ['0 0/5 0-23 ? * * *', thursday, '2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z'],
  ['0/30 * 0-23 ? * * *', thursday, '2026-01-01T00:00:30Z', '2026-01-01T00:01:00Z'],
  ['0 6/10 * ? * * *', '2026-01-01T23:55:00Z', '2026-01-01T23:56:00Z', '2026-01-02T00:06:00Z'],
  ['0 0/1 0-0 ? * * *', '2026-01-01T00:59:00Z', '2026-01-02T00:00:00Z', '2026-01-02T00:01:00Z'],
  ['0 0 10,14,18 ? * * *', thursday, '2026-01-01T10:00:00Z', '2026-01-01T14:00:00Z', '2026-01-01T18:00:00Z'],
  ['0 0/30 5-19 ? * *', '2026-01-01T19:00:00Z', '2026-01-01T19:30:00Z', '2026-01-02T05:00:00Z'],
  ['0 30 14 ? * MON *', thursday, '2026-01-05T14:30:00Z', '2026-01-12T14:30:00Z'],
  ['0 30 14 ? * 2 *', thursday, '2026-01-05T14:30:00Z', '2026-01-12T14:30:00Z'],
  ['0 0 9 ? * MON,TUE,WED,THU,FRI *', '2026-01-02T09:00:00Z', '2026-01-05T09:00:00Z', '2026-01-06T09:00:00Z'],
  [
    '0 0 0 ? * fri-mon *',
    thursday,
    '2026-01-02T00:00:00Z',
    '2026-01-03T00:00:00Z',
    '2026-01-04T00:00:00Z',
    '2026-01-05T00:00:00Z',
    '2026-01-09T00:00:00Z',
  ],
  [
    '0 0 22-1 ? * * *',
    thursday,
    '2026-01-01T01:00:00Z',
    '2026-01-01T22:00:00Z',
    '2026-01-01T23:00:00Z',
    '2026-01-02T00:00:00Z',
  ],
  ['0 0 0 L * ? *', thursday, '2026-01-31T00:00:00Z', '2026-02-28T00:00:00Z'],
  ['0 0 0 L-3 * ? *', thursday, '2026-01-28T00:00:00Z', '2026-02-25T00:00:00Z'],
  ['0 0 0 LW * ? *', thursday, '2026-01-30T00:00:00Z', '2026-02-27T00:00:00Z', '2026-03-31T00:00:00Z'],
  ['0 0 0 15W * ? *', thursday, '2026-01-15T00:00:00Z', '2026-02-16T00:00:00Z'],
  ['0 0 0 1W * ? *', '2026-07-31T00:00:00Z', '2026-08-03T00:00:00Z', '2026-09-01T00:00:00Z'],
  ['0 0 0 31W * ? *', '2026-05-01T00:00:00Z', '2026-05-29T00:00:00Z', '2026-07-31T00:00:00Z'],
  ['0 0 0 31 * ? *', '2026-01-31T00:00:00Z', '2026-03-31T00:00:00Z', '2026-05-31T00:00:00Z'],
  ['0 0 0 ? * L *', thursday, '2026-01-03T00:00:00Z', '2026-01-10T00:00:00Z'],
  ['0 0 0 ? * 6L *', thursday, '2026-01-30T00:00:00Z', '2026-02-27T00:00:00Z'],
  ['0 0 0 ? * FRIL *', thursday, '2026-01-30T00:00:00Z', '2026-02-27T00:00:00Z'],
  ['0 0 0 ? * 6#3 *', thursday, '2026-01-16T00:00:00Z', '2026-02-20T00:00:00Z'],
  ['0 0 0 ? * 6#5 *', thursday, '2026-01-30T00:00:00Z', '2026-05-29T00:00:00Z'],
  ['0 0 0 29 2 ? *', thursday, '2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z'],
  ['0 0 0 1 JAN/6 ? 2027/2', thursday, '2027-01-01T00:00:00Z', '2027-07-01T00:00:00Z', '2029-01-01T00:00:00Z'],
  ['0 12 11 18 10 ? 2032', thursday, '2032-10-18T11:12:00Z', 'over'],
  ['0 0/1 0-23 19 6 ? 2017', thursday, 'over'],
  ['0 0 0 30 2 ? *', thursday, 'over'],
  ['59 59 23 31 12 ? 2099', thursday, '2099-12-31T23:59:59Z', 'over'],
]

for (const [expression, after, ...expected] of due) {
  test(`${expression} after ${after} is due at ${expected.join(', ')}`, () => {
    assert.deepEqual(times(expression, 'UTC', after, expected.length), expected)
  })
}

const zoned: readonly [expression: string, zone: string, after: string, ...times: string[]][] = [
  ['0 30 14 ? * MON *', 'Asia/Calcutta', thursday, '2026-01-05T09:00:00Z'],
  ['0 0 9 ? * * *', 'IST', thursday, '2026-01-01T03:30:00Z'],
  ['0 0 10 ? * * *', 'CST', thursday, '2026-01-01T16:00:00Z'],
  ['0 0 17 ? * * *', 'Etc/GMT+2', thursday, '2026-01-01T19:00:00Z'],
  ['0 12 11 18 10 ? 2032', 'Europe/Berlin', thursday, '2032-10-18T09:12:00Z', 'over'],
  ['0 0 0 1 1 ? *', 'Pacific/Auckland', thursday, '2026-12-31T11:00:00Z', '2027-12-31T11:00:00Z'],
  // The clocks go from 2:00 to 3:00 on 2026-03-29.
  ['0 30 2 ? * * *', 'Europe/Berlin', '2026-03-27T12:00:00Z', '2026-03-28T01:30:00Z', '2026-03-30T00:30:00Z'],
  [
    '0 0/30 * ? * * *',
    'Europe/Berlin',
    '2026-03-29T00:00:00Z',
    '2026-03-29T00:30:00Z',
    '2026-03-29T01:00:00Z',
    '2026-03-29T01:30:00Z',
  ],
  ['0 0 3 ? * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00Z', '2026-03-30T01:00:00Z'],
  // From 3:00 back to 2:00 on 2026-10-25.
  [
    '0 30 2 ? * * *',
    'Europe/Berlin',
    '2026-10-24T12:00:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:30:00Z',
    '2026-10-26T01:30:00Z',
  ],
  [
    '0 0/30 * ? * * *',
    'Europe/Berlin',
    '2026-10-25T00:00:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:00:00Z',
    '2026-10-25T01:30:00Z',
    '2026-10-25T02:00:00Z',
  ],
]

for (const [expression, zone, after, ...expected] of zoned) {
  test(`${expression} in ${zone} after ${after} is due at ${expected.join(', ')}`, () => {
    assert.deepEqual(times(expression, zone, after, expected.length), expected)
  })
}

const wrong: readonly [expression: string, zone: string, found: RegExp][] = [
  ['0 0 0 * *', 'UTC', /6 or 7 fields .*found 5/],
  ['0 0 0 ? * * * *', 'UTC', /found 8/],
  ['60 0 0 ? * *', 'UTC', /seconds from 0 to 59, found "60"/],
  ['0 x 0 ? * *', 'UTC', /minutes from 0 to 59, found "X"/],
  ['0 0 5- ? * *', 'UTC', /hours from 0 to 23, found "5-"/],
  ['0 0 0 0 * ?', 'UTC', /day of month from 1 to 31, found "0"/],
  ['0 0 0 32W * ?', 'UTC', /day of month/],
  ['0 0 0 L-31 * ?', 'UTC', /day of month/],
  ['0 0 0 ? 13 *', 'UTC', /month from 1 to 12/],
  ['0 0 0 ? * 8', 'UTC', /day of week from 1 to 7/],
  ['0 0 0 ? * 6#6', 'UTC', /day of week/],
  ['0 0/0 0 ? * *', 'UTC', /found "0\/0"/],
  ['0 0 0 ? * * 1969', 'UTC', /year from 1970 to 2099/],
  ['0 0 0 1 * MON', 'UTC', /"\?" as day of month or as day of week/],
  ['0 0 0 ? * *', 'Europe/Atlantis', /a time zone .*found "Europe\/Atlantis"/],
]

for (const [expression, zone, found] of wrong) {
  test(`${expression} in ${zone} is refused`, () => {
    const compiled = compileCron(expression, zone)
    assert.match('problem' in compiled ? compiled.problem : 'accepted', found)
  })
}
