import type { CaseProblem } from './cases/case-problem.ts'
import type { CaseReport } from './cases/perform-cases.ts'
import type { TestCase } from './cases/read-case-file.ts'
import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { withProgress } from './line/progress.ts'
import type { Terminal } from './line/terminal.ts'

export const test = defineCommand({
  name: 'test',
  summary: 'Run the tests of flows, without a server.',
  description:
    'Runs the cases in test files: *.test.yaml beside a flow, or test.yaml in a folder with input.*, expected.* and answers/<channel>.*. Each case sends one message into a flow, whose receivers answer as the case says, in a tenant of its own with a standing clock; and compares what comes out. docs/testing-flows.md explains the format. Exit code 1 when a case fails, 2 when one cannot be run as it is written.',
  arguments: { path: { doc: 'Folder that is searched, or test file.', repeatable: true } },
  options: {
    filter: { value: 'text', short: 'f', doc: 'Only cases whose name or file contains this.' },
    update: { short: 'u', doc: 'Write what was found into the test files in place of what differs.' },
    junit: { value: 'file', doc: 'Write a JUnit XML report.' },
    json: { doc: 'Print JSON.' },
  },
  examples: [
    { line: 'sluice test examples', doc: 'Everything below a folder.' },
    { line: 'sluice test orders --filter refused', doc: 'Cases about refused orders.' },
    {
      line: 'sluice test orders --update',
      doc: 'Record what the flow does now; read the changes before you commit them.',
    },
    { line: 'sluice test . --junit report.xml', doc: 'For a build server.' },
  ],
  async run({ path: paths }, { filter = '', update, junit, json }, terminal) {
    const { findCaseFiles } = await import('./cases/find-case-files.ts')
    const { tests, problems } = await readTests(await findCaseFiles(paths))
    const chosen = tests.filter(({ name, file }) => `${file}: ${name}`.includes(filter))
    if (chosen.length === 0 && problems.length === 0) {
      throw new CommandError(`Expected cases that contain "${filter}", found none of ${tests.length}`)
    }
    const { describeReport, describeTotals, junitReport } = await import('./cases/describe-report.ts')
    const style = { colours: terminal.colours === true }
    const show = (report: CaseReport) => {
      if (!json) terminal.out(describeReport(report, style))
    }
    const reports = await performAll(chosen, update, show, terminal)
    for (const { file, line, message } of problems) terminal.err(`${file}:${line}: ${message}\n`)
    if (junit !== undefined) await writeReport(junit, junitReport(reports))
    if (json) terminal.out(`${JSON.stringify({ cases: reports.map(asJson), problems: problems.map(problemAsJson) })}\n`)
    else terminal.out(describeTotals(reports))
    if (problems.length > 0 || reports.some(({ outcome }) => outcome === 'broken')) return 2
    return reports.every(({ outcome }) => outcome === 'passed') ? 0 : 1
  },
})

/** Every case of the files, and what is wrong with files that cannot be read. */
async function readTests(files: readonly string[]): Promise<{ tests: TestCase[]; problems: CaseProblem[] }> {
  const { readCaseFile } = await import('./cases/read-case-file.ts')
  const { CaseProblem } = await import('./cases/case-problem.ts')
  const tests: TestCase[] = []
  const problems: CaseProblem[] = []
  for (const file of files) {
    try {
      tests.push(...(await readCaseFile(file)))
    } catch (error) {
      if (!(error instanceof CaseProblem)) throw error
      problems.push(error)
    }
  }
  return { tests, problems }
}

async function performAll(
  tests: readonly TestCase[],
  isUpdate: boolean,
  show: (report: CaseReport) => void,
  terminal: Terminal,
): Promise<readonly CaseReport[]> {
  const { performCases } = await import('./cases/perform-cases.ts')
  const { CaseRecorder } = await import('./cases/record-case.ts')
  const recorder = new CaseRecorder()
  const reports = await withProgress(terminal, `Running ${tests.length} cases`, say => {
    let done = 0
    return performCases(tests, {
      ...(isUpdate && { record: (...given) => recorder.record(...given) }),
      done: report => {
        done += 1
        say(`Running cases, ${done} of ${tests.length} done`)
        show(report)
      },
    })
  })
  await recorder.save()
  for (const file of recorder.changed) terminal.err(`Updated ${file}\n`)
  return reports
}

async function writeReport(file: string, text: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises')
  try {
    await writeFile(file, text)
  } catch (cause) {
    throw new CommandError(`Expected to write ${file}, found: ${(cause as Error).message}`, { cause })
  }
}

function asJson({ test: { name, file, line }, outcome, differences, problem, printed, durationMs }: CaseReport) {
  return {
    name,
    file,
    line,
    outcome,
    durationMs,
    differences,
    printed,
    ...(problem && { problem: problemAsJson(problem) }),
  }
}

function problemAsJson({ file, line, message }: CaseProblem) {
  return { file, line, message }
}
