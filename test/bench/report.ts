import { judge, type Results } from './budgets.ts'
import type { StallResult } from './measures/stalls.ts'
import type { RoundResult, TargetResult } from './rounds.ts'
import { median, quantile } from './statistics.ts'

/** Above this share of the server's core used by others, figures say more about the others. */
const foreignShareMax = 0.1

/** The results as text: one row per target, then the other measures, then the budgets. */
export function renderReport(results: Results): string {
  const blocks = [
    renderTargets(results.targets),
    renderStalls(results.stalls ?? []),
    renderMessageLogs(results.messageLogs),
    renderSeenTokens(results.seenTokens),
    renderStoredTokens(results.storedTokens),
    renderExpiredTokens(results.expiredTokens),
    renderSecretTiming(results.secretTiming),
    ...Object.entries({
      deploy: results.deploy,
      start: results.start,
      'large-xml': results.largeXml,
      'message-logs': results.messageLogs,
      'seen-tokens': results.seenTokens,
      'stored-tokens': results.storedTokens,
      'expired-tokens': results.expiredTokens,
      'secret-timing': results.secretTiming,
    }).flatMap(([name, result]) => (result && 'problem' in result ? [`${name}: ${result.problem}`] : [])),
    renderBudgets(results),
  ]
  return blocks.filter(block => block !== '').join('\n\n')
}

function renderTargets(targets: readonly TargetResult[]): string {
  if (targets.length === 0) return ''
  const head = [
    'target',
    'req/s',
    'range',
    'p50 ms',
    'p99 ms',
    'CPU s/1,000',
    'MB idle→peak',
    '+ children',
    '÷ first',
    'others %',
  ]
  const problems = targets
    .filter(({ problem }) => problem !== undefined)
    .map(({ name, problem }) => `${name}: ${problem}`)
  const disturbed = targets.some(({ rounds }) => median(rounds.map(round => round.foreignShare)) > foreignShareMax)
  const advice = disturbed ? ["Others used more than 10 % of the server's core: run it again on a quiet machine."] : []
  return [renderTable([head, ...targets.map(target => targetRow(target, targets[0]))]), ...problems, ...advice].join(
    '\n',
  )
}

function renderStalls(stalls: readonly StallResult[]): string {
  if (stalls.length === 0) return ''
  const head = ['step', 'MB', 'CPU ms a turn', 'loop late ms', 'first message', 'deploy']
  const rows = stalls.map(({ name, megabytes, message, first, deploy, problem }) => [
    name,
    String(megabytes),
    problem === undefined ? whole(message?.cpuMs ?? 0) : 'FAILED',
    ...[message?.delayMs, first?.cpuMs, deploy?.cpuMs].map(ms => (ms === undefined ? '' : whole(ms))),
  ])
  const problems = stalls.flatMap(({ name, problem }) => (problem === undefined ? [] : [`${name}: ${problem}`]))
  return [renderTable([head, ...rows]), ...problems].join('\n')
}

function renderSecretTiming(result: Results['secretTiming']): string {
  if (result === undefined || 'problem' in result) return ''
  const { tries, medianMs, others } = result
  const rows = others.map(({ kind, differenceUs, later, deviations }) => [
    kind,
    differenceUs.toFixed(0),
    later.toFixed(4),
    deviations.toFixed(1),
    Math.abs(deviations) < 3.3 ? 'not told apart' : 'told apart',
  ])
  const head = [`against a wrong secret (${medianMs.toFixed(1)} ms)`, 'median +µs', 'later', 'deviations', '']
  return [`${whole(tries)} refusals`, renderTable([head, ...rows])].join('\n')
}

function renderMessageLogs(result: Results['messageLogs']): string {
  if (result === undefined || 'problem' in result) return ''
  const { queries, insert, purge } = result
  const rows = queries.map(({ name, p50Ms, p95Ms, maxMs, cpuMs }) => [
    name,
    ...[p50Ms, p95Ms, maxMs, cpuMs].map(ms => ms.toFixed(1)),
    '50',
    p95Ms <= 50 ? 'pass' : 'miss',
  ])
  return [
    renderTable([['1,000,000 message logs', 'p50 ms', 'p95 ms', 'max ms', 'CPU ms', 'p95 at most', ''], ...rows]),
    '',
    `recording one: ${insert.emptyUs.toFixed(1)} µs of CPU time in an empty store, ${insert.fullUs.toFixed(1)} µs beside 1,000,000`,
    `deleting ${whole(purge.logs)} expired ones: holds the database for ${purge.p50Ms.toFixed(1)} ms at a time (median), ${purge.maxMs.toFixed(1)} ms at most`,
  ].join('\n')
}

function renderSeenTokens(result: Results['seenTokens']): string {
  if (result === undefined || 'problem' in result) return ''
  const rows = result.kinds.map(({ name, validateUs, callUs }) => [name, validateUs.toFixed(2), callUs.toFixed(2)])
  return renderTable([['token that was seen', 'CPU µs to validate', 'with header and role'], ...rows])
}

function renderStoredTokens(result: Results['storedTokens']): string {
  if (result === undefined || 'problem' in result) return ''
  const rows = [...result.operations, ...result.overHttp].map(({ name, empty, full, ratio }) => [
    name,
    ...[empty.cpuUs, full.cpuUs].map(us => us.toFixed(1)),
    ratio.toFixed(3),
    ...[empty, full].map(({ p50Us, p95Us }) => `${(p50Us / 1e3).toFixed(2)}, ${(p95Us / 1e3).toFixed(2)}`),
  ])
  const head = [`${whole(result.tokens)} tokens`, 'CPU µs, empty', 'full', '×', 'p50, p95 ms, empty', 'full']
  return renderTable([head, ...rows])
}

function renderExpiredTokens(result: Results['expiredTokens']): string {
  if (result === undefined || 'problem' in result) return ''
  const { tokens, clients, batches, seconds, p50Ms, p99Ms, maxMs, cpuUs } = result
  const head = [
    `${whole(tokens)} expired tokens of ${whole(clients)} clients`,
    's',
    'p50 ms',
    'p99 ms',
    'max ms',
    'CPU µs each',
  ]
  return renderTable([
    head,
    [`${whole(batches)} batches`, ...[seconds, p50Ms, p99Ms, maxMs, cpuUs].map(value => value.toFixed(1))],
  ])
}

function targetRow(
  { title, rounds, idleBytes, peakBytes, childrenBytes, problem }: TargetResult,
  first: TargetResult | undefined,
): string[] {
  if (problem !== undefined) return [title, 'FAILED', ...Array.from({ length: 8 }, () => '')]
  const all = (pick: (round: RoundResult) => number) => rounds.map(pick)
  const rates = all(round => round.requestsPerSecond)
  return [
    title,
    whole(median(rates)),
    `${whole(quantile(rates, 0))}–${whole(quantile(rates, 1))}`,
    median(all(round => round.p50)).toFixed(2),
    median(all(round => round.p99)).toFixed(1),
    median(all(round => round.cpuSecondsPer1000)).toFixed(3),
    `${whole(idleBytes / 1e6)}→${whole(peakBytes / 1e6)}`,
    childrenBytes > 0 ? whole(childrenBytes / 1e6) : '',
    (median(rates) / median(first?.rounds.map(round => round.requestsPerSecond) ?? [])).toFixed(3),
    whole(median(all(round => round.foreignShare)) * 100),
  ]
}

function renderBudgets(results: Results): string {
  const verdicts = judge(results)
  if (verdicts.length === 0) return ''
  const rows = verdicts.map(({ mark, what, found, budget, ambition }) => [mark, what, found, budget, ambition])
  return renderTable([['', 'budget', 'found', 'at least / at most', 'ambition'], ...rows])
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? []
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
