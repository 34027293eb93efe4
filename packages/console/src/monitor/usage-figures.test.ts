import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chartOf, failureRate, type SpanName, spanStart } from './usage-figures.ts'

const local = (text: string) => new Date(text)

const starts: readonly (readonly [span: SpanName, start: string])[] = [
  ['day', '2026-01-13T16:00'],
  ['week', '2026-01-08T00:00'],
  ['month', '2025-12-16T00:00'],
  ['quarter', '2025-10-20T00:00'],
]

for (const [span, start] of starts) {
  test(`a ${span} until Wednesday 15:30 begins at ${start}`, () =>
    assert.deepEqual(spanStart(span, local('2026-01-14T15:30')), local(start)))
}

const figures = (messages: number) => ({ messages, failed: 1, averageMs: 2, maxMs: 3 })

test('a chart has a value for each flow and interval, and one for the other flows', () => {
  const usage = {
    intervals: ['2026-01-01T00:00:00.000Z', '2026-01-01T01:00:00.000Z'],
    all: { ...figures(9), points: [] },
    flows: [
      { id: 'a', name: 'A', ...figures(5), points: [{ interval: 1, ...figures(5) }] },
      { id: 'b', name: 'B', ...figures(3), points: [{ interval: 0, ...figures(3) }] },
    ],
    others: { flows: 2, ...figures(1), points: [{ interval: 1, ...figures(1) }] },
  }
  assert.deepEqual(chartOf(usage, 'messages', 'Others'), {
    series: [
      { key: 'flow0', label: 'A' },
      { key: 'flow1', label: 'B' },
      { key: 'others', label: 'Others' },
    ],
    rows: [
      { start: new Date('2026-01-01T00:00:00.000Z'), values: { flow0: 0, flow1: 3, others: 0 } },
      { start: new Date('2026-01-01T01:00:00.000Z'), values: { flow0: 5, flow1: 0, others: 1 } },
    ],
  })
})

test('no messages are no failures', () => {
  assert.equal(failureRate({ ...figures(0), failed: 0 }), 0)
  assert.equal(failureRate(figures(4)), 0.25)
})
