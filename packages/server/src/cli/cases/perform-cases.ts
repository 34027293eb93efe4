import { AsyncLocalStorage } from 'node:async_hooks'
import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { CommandError } from '../line/errors.ts'
import { openHosts } from '../local/hosts.ts'
import { CaseProblem } from './case-problem.ts'
import { MissingContent } from './content.ts'
import { Deployments } from './deployments.ts'
import type { Difference } from './difference.ts'
import { outcomeDifferences } from './outcome-differences.ts'
import type { TestCase } from './read-case-file.ts'
import { type CaseHost, type CaseRun, runCase } from './run-case.ts'
import { WrongCase } from './wrong-case.ts'

/** Lines that are kept of each case. */
const printedLinesMax = 200

/** What became of one case. */
export interface CaseReport {
  readonly test: TestCase
  readonly outcome: 'passed' | 'failed' | 'broken'
  /** Of a failed case. */
  readonly differences: readonly Difference[]
  /** Of a broken one: what is wrong with how it is written. */
  readonly problem: CaseProblem | undefined
  /** What its scripts and stylesheets printed, the first lines. */
  readonly printed: readonly string[]
  readonly durationMs: number
}

/** Told about each case: `record` may write down what it did, `done` comes when it is over. */
export interface CaseObserver {
  record?(test: TestCase, run: CaseRun, differences: readonly Difference[]): Promise<void>
  done(report: CaseReport): void
}

/** Runs all cases, some at a time, and resolves with their reports in the order of the cases. */
export async function performCases(tests: readonly TestCase[], observer: CaseObserver): Promise<readonly CaseReport[]> {
  const printing = new AsyncLocalStorage<string[]>()
  const hosts = openHosts(line => {
    const printed = printing.getStore()
    if (printed && printed.length < printedLinesMax) printed.push(line)
  })
  const host: CaseHost = { hosts, deployments: new Deployments() }
  const reports: CaseReport[] = []
  const waiting = [...tests.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, test] = next
      const printed: string[] = []
      const done = await printing.run(printed, () => performCase(test, host, observer))
      // Lines come by another way than answers: those that were there before get their turn.
      await setImmediate()
      const report = { ...done, printed }
      reports[index] = report
      observer.done(report)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(tests.length, availableParallelism() * 2) }, work))
    return reports
  } finally {
    await hosts.close()
  }
}

type PlainReport = Omit<CaseReport, 'printed'>

async function performCase(test: TestCase, host: CaseHost, observer: CaseObserver): Promise<PlainReport> {
  const startedAt = performance.now()
  const finish = (parts: Partial<PlainReport>): PlainReport => {
    const durationMs = Math.round(performance.now() - startedAt)
    return { test, outcome: 'passed', differences: [], problem: undefined, durationMs, ...parts }
  }
  try {
    const differences = await runCase(test, host, async (run): Promise<readonly Difference[]> => {
      if ('reasons' in run) return [{ what: 'the flow cannot run', lines: run.reasons, updates: [] }]
      const found = await outcomeDifferences(test.raw.expect ?? {}, run, test.folder)
      if (observer.record === undefined) return found
      await observer.record(test, run, found)
      return []
    })
    return finish(differences.length === 0 ? {} : { outcome: 'failed', differences })
  } catch (error) {
    return finish({ outcome: 'broken', problem: problemOf(error, test) })
  }
}

function problemOf(error: unknown, test: TestCase): CaseProblem {
  if (error instanceof CaseProblem) return error
  if (error instanceof WrongCase) return new CaseProblem(error.message, test.file, test.lineOf(error.path))
  if (error instanceof MissingContent) return new CaseProblem(error.message, test.file, test.line)
  if (error instanceof CommandError) return new CaseProblem(error.message, test.file, test.lineOf(['flow']))
  throw error
}
