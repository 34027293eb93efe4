import { relative } from 'node:path'
import type { CaseReport } from './perform-cases.ts'

/** How a report is printed. */
export interface ReportStyle {
  /** Whether lines that go are red and those that come green. */
  readonly colours: boolean
}

const red = 31
const green = 32

/** One case: a line, and below it how it differs or what is wrong with it. */
export function describeReport(report: CaseReport, { colours }: ReportStyle): string {
  const { test, outcome, differences, problem, printed, durationMs } = report
  const colour = (text: string, code: number) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text)
  const mark = outcome === 'passed' ? colour('✔', green) : colour('✖', red)
  const lines = [`${mark} ${visible(`${placeOf(report)}: ${test.name}`)} (${durationMs} ms)`]
  for (const { what, lines: details } of differences) {
    lines.push(`    ${visible(what)}`)
    for (const line of details) {
      const shown = `      ${visible(line)}`
      lines.push(line.startsWith('-') ? colour(shown, red) : line.startsWith('+') ? colour(shown, green) : shown)
    }
  }
  if (outcome !== 'passed' && printed.length > 0) {
    lines.push('    printed', ...printed.map(line => `      ${visible(line)}`))
  }
  if (problem) lines.push(`    ${problem.file}:${problem.line}: ${problem.message}`)
  return `${lines.join('\n')}\n`
}

/** `orders.test.yaml:12`, relative to where the command runs. */
export function placeOf({ test }: CaseReport): string {
  return `${relative('', test.file) || test.file}:${test.line}`
}

/** `3 cases passed`, or what did not. */
export function describeTotals(reports: readonly CaseReport[]): string {
  const count = (outcome: CaseReport['outcome']) => reports.filter(report => report.outcome === outcome).length
  const parts = [
    `${count('passed')} of ${reports.length} cases passed`,
    ...(count('failed') > 0 ? [`${count('failed')} failed (- expected, + found)`] : []),
    ...(count('broken') > 0 ? [`${count('broken')} cannot be run`] : []),
  ]
  return `${parts.join(', ')}\n`
}

/** Keeps messages from moving the cursor or changing colours. */
function visible(text: string): string {
  return text.replaceAll('\t', '→').replace(/\p{Cc}/gu, '␦')
}

/** For JUnit readers, as build servers are: a suite for each file, a case for each case. */
export function junitReport(reports: readonly CaseReport[]): string {
  const files = Map.groupBy(reports, ({ test }) => test.file)
  const suites = Array.from(files, ([file, cases]) => {
    const name = relative('', file) || file
    const attributes = `${countsOf(cases)} time="${seconds(cases)}"`
    return [`  <testsuite name="${quoted(name)}" ${attributes}>`, ...cases.map(caseOf(name)), '  </testsuite>'].join(
      '\n',
    )
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="sluice" ${countsOf(reports)} time="${seconds(reports)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function caseOf(suite: string) {
  return ({ test, outcome, differences, problem, printed, durationMs }: CaseReport): string => {
    const open = `    <testcase classname="${quoted(suite)}" name="${quoted(test.name)}" file="${quoted(suite)}" line="${test.line}" time="${durationMs / 1000}"`
    const output = printed.length === 0 ? '' : `\n      <system-out>${quoted(printed.join('\n'))}</system-out>`
    if (outcome === 'passed') return output === '' ? `${open}/>` : `${open}>${output}\n    </testcase>`
    const tag = outcome === 'failed' ? 'failure' : 'error'
    const message = problem?.message ?? differences.map(({ what }) => what).join(', ')
    const details = problem
      ? [`${problem.file}:${problem.line}`]
      : differences.flatMap(({ what, lines }) => [`${what}:`, ...lines])
    return `${open}>\n      <${tag} message="${quoted(message)}">${quoted(details.join('\n'))}</${tag}>${output}\n    </testcase>`
  }
}

function countsOf(reports: readonly CaseReport[]): string {
  const count = (outcome: CaseReport['outcome']) => reports.filter(report => report.outcome === outcome).length
  return `tests="${reports.length}" failures="${count('failed')}" errors="${count('broken')}"`
}

function seconds(reports: readonly CaseReport[]): number {
  return reports.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000
}

/** XML text and attribute values; control characters that XML cannot have are left out. */
function quoted(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[^\P{Cc}\n\t]/gu, '')
}
