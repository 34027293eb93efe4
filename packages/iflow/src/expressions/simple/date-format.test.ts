import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileDateFormat } from './date-format.ts'

const instant = Date.UTC(2024, 1, 29, 0, 5, 9, 7)

const formats: readonly [pattern: string, zone: string, text: string][] = [
  ["yyyy-MM-dd'T'HH:mm:ss.SSSX", 'UTC', '2024-02-29T00:05:09.007Z'],
  ["yyyy-MM-dd'T'HH:mm:ssXXX", 'GMT+5:30', '2024-02-29T05:35:09+05:30'],
  ['yyyy-MM-dd HH:mm:ssZ', 'America/New_York', '2024-02-28 19:05:09-0500'],
  ['yyyy-MM-dd HH:mm', 'Europe/Berlin', '2024-02-29 01:05'],
  ['HH:mm', 'IST', '05:35'],
  ['yy M d H h K k m s S', 'UTC', '24 2 29 0 12 0 24 5 9 7'],
  ['EEE EEEE MMM MMMM a D u', 'UTC', 'Thu Thursday Feb February AM 60 4'],
  ['ssz', 'UTC', '09UTC'],
  ["'PT'HH'H'mm'M' ''", 'UTC', "PT00H05M '"],
  ['yyyyMMddHHmmss', 'GMT-1', '20240228230509'],
]

for (const [pattern, zone, text] of formats) {
  test(`${pattern} in ${zone} is ${text}`, () => {
    const compiled = compileDateFormat(pattern, zone)
    assert.ok('format' in compiled, 'problem' in compiled ? compiled.problem : '')
    assert.equal(compiled.format(instant), text)
  })
}

test('daylight saving time is the zone’s', () => {
  const compiled = compileDateFormat('HH XXX', 'Europe/Berlin')
  assert.ok('format' in compiled)
  assert.equal(compiled.format(Date.UTC(2024, 2, 31, 0, 59)), '01 +01:00')
  assert.equal(compiled.format(Date.UTC(2024, 2, 31, 1, 0)), '03 +02:00')
})

test('letters and zones that are not supported are told', () => {
  assert.ok('problem' in compileDateFormat('ww', 'UTC'))
  assert.ok('problem' in compileDateFormat('XXXX', 'UTC'))
  assert.ok('problem' in compileDateFormat('HH', 'Nowhere'))
})
