import type { DeployResult } from './measures/deploy.ts'
import type { ExpiredTokensResult } from './measures/expired-tokens.ts'
import type { LargeXmlResult } from './measures/large-xml.ts'
import type { MessageLogsResult } from './measures/message-logs.ts'
import type { SecretTimingResult } from './measures/secret-timing.ts'
import type { SeenTokensResult } from './measures/seen-tokens.ts'
import type { StallResult } from './measures/stalls.ts'
import type { StartResult } from './measures/start.ts'
import type { StoredTokensResult } from './measures/stored-tokens.ts'
import type { TargetResult } from './rounds.ts'
import { median, quantile } from './statistics.ts'

/** One run of the benchmark. A measure that was not asked for is undefined; one that failed says why. */
export interface Results {
  readonly targets: readonly TargetResult[]
  readonly deploy: DeployResult | { readonly problem: string } | undefined
  readonly start: StartResult | { readonly problem: string } | undefined
  readonly largeXml: LargeXmlResult | { readonly problem: string } | undefined
  readonly stalls: readonly StallResult[] | undefined
  readonly messageLogs: MessageLogsResult | { readonly problem: string } | undefined
  readonly seenTokens: SeenTokensResult | { readonly problem: string } | undefined
  readonly storedTokens: StoredTokensResult | { readonly problem: string } | undefined
  readonly expiredTokens: ExpiredTokensResult | { readonly problem: string } | undefined
  readonly secretTiming: SecretTimingResult | { readonly problem: string } | undefined
}

/** A budget and what was found. */
export interface Verdict {
  readonly what: string
  readonly budget: string
  readonly ambition: string
  readonly found: string
  readonly mark: 'pass' | 'miss' | 'not measured'
}

interface RatioBudget {
  readonly of: string
  readonly to: string
  readonly atLeast: number
  readonly ambition?: number
}

/** Requests per second of one target over those of another in the same round. */
const ratioBudgets: readonly RatioBudget[] = [
  { of: 'sluice-token-opaque', to: 'bare-http', atLeast: 0.33, ambition: 0.5 },
  { of: 'sluice-token-opaque', to: 'oidc-provider-opaque', atLeast: 2.5 },
  { of: 'sluice-token-es256', to: 'bare-http', atLeast: 0.2, ambition: 0.25 },
  { of: 'sluice-token-es256', to: 'oidc-provider-es256', atLeast: 3 },
  { of: 'sluice-call', to: 'bare-http', atLeast: 0.33, ambition: 0.5 },
  { of: 'sluice-call', to: 'node-red', atLeast: 2 },
]

interface LimitBudget {
  readonly of:
    | 'deploy'
    | 'start'
    | 'largeXml'
    | 'stalls'
    | 'messageLogs'
    | 'seenTokens'
    | 'storedTokens'
    | 'expiredTokens'
  readonly what: string
  readonly unit: 'µs' | 'ms' | 'B' | 'MB' | '×'
  readonly atMost: number
  readonly ambition: number
  readonly found: (results: Results) => number | undefined
}

const megabyte = 1_000_000

const limitBudgets: readonly LimitBudget[] = [
  {
    of: 'deploy',
    what: 'deploy until the flow answers, p50',
    unit: 'ms',
    atMost: 50,
    ambition: 10,
    found: ({ deploy }) => (deploy && 'p50Ms' in deploy ? deploy.p50Ms : undefined),
  },
  {
    of: 'start',
    what: 'start until the first token',
    unit: 'ms',
    atMost: 1000,
    ambition: 500,
    found: ({ start }) => (start && 'againMs' in start ? start.againMs : undefined),
  },
  {
    of: 'start',
    what: 'first start until the first token',
    unit: 'ms',
    atMost: 1000,
    ambition: 500,
    found: ({ start }) => (start && 'firstMs' in start ? start.firstMs : undefined),
  },
  {
    of: 'start',
    what: 'resident memory after the start',
    unit: 'MB',
    atMost: 120,
    ambition: 90,
    found: ({ start }) => (start && 'residentBytes' in start ? start.residentBytes / megabyte : undefined),
  },
  {
    of: 'largeXml',
    what: '100 MB XML through an iterating splitter, peak of resident memory',
    unit: 'MB',
    atMost: 300,
    ambition: 200,
    found: ({ largeXml }) => (largeXml && 'peakBytes' in largeXml ? largeXml.peakBytes / megabyte : undefined),
  },
  {
    of: 'stalls',
    what: 'CPU time of one turn of the event loop, worst step',
    unit: 'ms',
    atMost: 50,
    ambition: 20,
    found: ({ stalls = [] }) => Math.max(...stalls.map(({ message }) => message?.cpuMs ?? 0)),
  },
  {
    of: 'messageLogs',
    what: 'what clients ask of 1,000,000 message logs, p95 of the slowest',
    unit: 'ms',
    atMost: 50,
    ambition: 20,
    found: ({ messageLogs }) =>
      messageLogs && 'queries' in messageLogs ? Math.max(...messageLogs.queries.map(({ p95Ms }) => p95Ms)) : undefined,
  },
  {
    of: 'messageLogs',
    what: 'CPU time to record a message log beside 1,000,000, against an empty store',
    unit: '×',
    atMost: 1.2,
    ambition: 1.1,
    found: ({ messageLogs }) => (messageLogs && 'insert' in messageLogs ? messageLogs.insert.ratio : undefined),
  },
  {
    of: 'messageLogs',
    what: 'how long deleting expired message logs holds the database, longest',
    unit: 'ms',
    atMost: 50,
    ambition: 20,
    found: ({ messageLogs }) => (messageLogs && 'purge' in messageLogs ? messageLogs.purge.maxMs : undefined),
  },
  {
    of: 'seenTokens',
    what: 'CPU time to validate a token that was seen, worst kind',
    unit: 'µs',
    atMost: 5,
    ambition: 1,
    found: ({ seenTokens }) =>
      seenTokens && 'kinds' in seenTokens
        ? Math.max(...seenTokens.kinds.map(({ validateUs }) => validateUs))
        : undefined,
  },
  {
    of: 'storedTokens',
    what: 'CPU time of an operation beside 5,000,000 tokens, against an empty store, worst',
    unit: '×',
    atMost: 1.1,
    ambition: 1.05,
    found: ({ storedTokens }) =>
      storedTokens && 'operations' in storedTokens
        ? Math.max(...storedTokens.operations.map(({ ratio }) => ratio))
        : undefined,
  },
  {
    of: 'storedTokens',
    what: 'CPU time of a request about tokens beside 5,000,000, against an empty store, worst',
    unit: '×',
    atMost: 1.1,
    ambition: 1.05,
    found: ({ storedTokens }) =>
      storedTokens && 'overHttp' in storedTokens
        ? Math.max(...storedTokens.overHttp.map(({ ratio }) => ratio))
        : undefined,
  },
  {
    of: 'storedTokens',
    what: 'a stored token with its indexes',
    unit: 'B',
    atMost: 200,
    ambition: 150,
    found: ({ storedTokens }) => (storedTokens && 'rowBytes' in storedTokens ? storedTokens.rowBytes : undefined),
  },
  {
    of: 'expiredTokens',
    what: 'how long deleting expired tokens holds the database, p99',
    unit: 'ms',
    atMost: 10,
    ambition: 5,
    found: ({ expiredTokens }) => (expiredTokens && 'p99Ms' in expiredTokens ? expiredTokens.p99Ms : undefined),
  },
]

/** Holds the results against the budgets of everything that was asked for. */
export function judge(results: Results): Verdict[] {
  const asked = (name: string) => results.targets.some(target => target.name === name)
  return [
    ...ratioBudgets.filter(({ of, to }) => asked(of) && asked(to)).map(budget => judgeRatio(budget, results)),
    ...limitBudgets.filter(({ of }) => results[of] !== undefined).map(budget => judgeLimit(budget, results)),
  ]
}

function judgeRatio({ of, to, atLeast, ambition }: RatioBudget, { targets }: Results): Verdict {
  const about = { what: `${of} ÷ ${to}`, budget: `≥ ${atLeast} ×`, ambition: ambition ? `${ambition} ×` : '' }
  const ratios = pairedRatios(targets, of, to)
  if (ratios.length === 0) return { ...about, found: '', mark: 'not measured' }
  const [low, high] = [quantile(ratios, 0), quantile(ratios, 1)]
  const found = `${median(ratios).toFixed(3)} × (${low.toFixed(3)}–${high.toFixed(3)})`
  return { ...about, found, mark: median(ratios) >= atLeast ? 'pass' : 'miss' }
}

/** Round by round, because the machine's own speed differs more between minutes than between neighbours. */
function pairedRatios(targets: readonly TargetResult[], of: string, to: string): number[] {
  const sound = targets.filter(target => target.problem === undefined)
  const upper = sound.find(target => target.name === of)?.rounds ?? []
  const lower = sound.find(target => target.name === to)?.rounds ?? []
  return upper.flatMap((round, index) => {
    const other = lower[index]
    return other === undefined ? [] : [round.requestsPerSecond / other.requestsPerSecond]
  })
}

function judgeLimit({ what, unit, atMost, ambition, found }: LimitBudget, results: Results): Verdict {
  const about = { what, budget: `≤ ${atMost} ${unit}`, ambition: `${ambition} ${unit}` }
  const value = found(results)
  if (value === undefined) return { ...about, found: '', mark: 'not measured' }
  const digits = unit === '×' ? 3 : value < 100 ? 1 : 0
  return { ...about, found: `${value.toFixed(digits)} ${unit}`, mark: value <= atMost ? 'pass' : 'miss' }
}
