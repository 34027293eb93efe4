import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunStep } from './message-log.ts'
import { runsByElement } from './run-marks.ts'

function step(ChildCount: number, ModelStepId: string | null, ms: number, Status = 'COMPLETED'): RunStep {
  const times = { StepStart: '/Date(1000)/', StepStop: `/Date(${1000 + ms})/` }
  return { RunId: 'r', ChildCount, ModelStepId, BranchId: '', Status, Error: null, Activity: '', ...times }
}

test('steps are brought together by element: how often, how long, and the one to look at', () => {
  const steps = [step(1, 'A', 5), step(2, 'B', 1), step(3, 'B', 2, 'FAILED'), step(4, 'B', 3), step(5, null, 9)]
  assert.deepEqual(runsByElement([...steps, step(6, 'A', 7)]), [
    { elementId: 'A', name: 'A', count: 2, failed: 0, totalMs: 12, step: 1 },
    { elementId: 'B', name: 'B', count: 3, failed: 1, totalMs: 6, step: 3 },
  ])
})

test('a step whose end is not known took no time', () => {
  assert.equal(runsByElement([{ ...step(1, 'A', 5), StepStop: null }])[0]?.totalMs, 0)
})
