import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { judge, type Results } from './budgets.ts'
import { stallFlows } from './engine/stall-flows.ts'
import { measureDeploy } from './measures/deploy.ts'
import { measureExpiredTokens } from './measures/expired-tokens.ts'
import { measureLargeXml } from './measures/large-xml.ts'
import { measureMessageLogs } from './measures/message-logs.ts'
import { measureSecretTiming } from './measures/secret-timing.ts'
import { measureSeenTokens } from './measures/seen-tokens.ts'
import { measureStalls } from './measures/stalls.ts'
import { measureStart } from './measures/start.ts'
import { measureStoredTokens } from './measures/stored-tokens.ts'
import { renderReport } from './report.ts'
import { meetRequirements, NotRunnable } from './requirements.ts'
import { messageOf, runRounds } from './rounds.ts'
import { killAll } from './server-process.ts'
import type { Place } from './target.ts'
import { suites } from './targets/index.ts'

type Suite = keyof typeof suites

const measures: Readonly<Record<Suite, readonly string[]>> = {
  server: ['deploy', 'start'],
  engine: ['large-xml'],
  stalls: stallFlows.map(({ name }) => name),
  logs: ['message-logs'],
  tokens: ['seen-tokens', 'stored-tokens'],
  'expired-tokens': ['expired-tokens'],
  'secret-timing': ['secret-timing'],
}

function namesOf(suite: Suite): readonly string[] {
  return [...suites[suite].map(target => target.name), ...measures[suite]]
}

const help = `npm run bench -- [suite] [options]

Measures Sluice on this machine and holds the ratios against the budgets. Server and load have a core each; figures are
comparable within one run only.

  server (default) beside its peers: tokens, a flow's call, deployment, start
  engine           the steps of flows, each in a flow of its own
  stalls           how long one large message holds the event loop, step by step
  logs             what clients ask of 1,000,000 message logs, and how fast more are recorded
  tokens           what checking a token adds to a call, and how tokens fare in a store with 5,000,000 of them
  expired-tokens   how long deleting 1,000,000 of them at a time keeps others from the database
  secret-timing    whether 10,000 refusals tell by their time what was wrong about client and secret

  --rounds <n>     rounds of load per target (default 5)
  --seconds <n>    length of one load in seconds (default 5)
  --only <names>   comma-separated, of
                   ${namesOf('server').join(', ')}
                   ${namesOf('engine').join(', ')}
                   ${namesOf('stalls').join(', ')}
                   ${namesOf('logs').join(', ')}
                   ${namesOf('tokens').join(', ')}
                   ${namesOf('expired-tokens').join(', ')}
                   ${namesOf('secret-timing').join(', ')}
  --json           results as JSON on standard output instead of tables
`

interface Options {
  readonly suite: Suite
  readonly rounds: number
  readonly seconds: number
  readonly only: ReadonlySet<string>
  readonly json: boolean
  readonly help: boolean
}

function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseOptions([...args])
  const [suite = 'server', ...others] = positionals
  if (!Object.hasOwn(suites, suite) || others.length > 0) {
    throw new NotRunnable(`Expected ${Object.keys(suites).join(' or ')}, found "${positionals.join(' ')}"`)
  }
  const names = namesOf(suite as Suite)
  const only = new Set(values.only?.split(',') ?? names)
  const unknown = [...only].filter(name => !names.includes(name))
  if (unknown.length > 0) throw new NotRunnable(`Expected --only of ${names.join(', ')}, found "${unknown.join(', ')}"`)
  return {
    ...values,
    suite: suite as Suite,
    only,
    rounds: positive('--rounds', values.rounds),
    seconds: positive('--seconds', values.seconds),
  }
}

function parseOptions(args: string[]) {
  const options = {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new NotRunnable(`${messageOf(error)}\n\n${help}`)
  }
}

function positive(option: string, given: string): number {
  const value = Number(given)
  if (Number.isInteger(value) && value > 0) return value
  throw new NotRunnable(`Expected ${option} to be a positive integer, found "${given}"`)
}

const say = (progress: string) => process.stderr.write(`${progress}\n`)

async function measure({ suite, only, ...load }: Options, place: Place): Promise<Results> {
  const chosen = suites[suite].filter(target => only.has(target.name))
  const guarded = async <Result>(name: string, run: () => Promise<Result>) =>
    only.has(name) ? await run().catch(error => ({ problem: messageOf(error) })) : undefined
  return {
    targets: await runRounds(chosen, load, place, say),
    deploy: await guarded('deploy', () => measureDeploy(place, say)),
    start: await guarded('start', () => measureStart(place, say)),
    stalls: suite === 'stalls' ? await measureStalls(only, load.rounds, place, say) : undefined,
    largeXml: await guarded('large-xml', () => measureLargeXml(place, say)),
    expiredTokens: await guarded('expired-tokens', () => measureExpiredTokens(place, say)),
    secretTiming: await guarded('secret-timing', () => measureSecretTiming(place, say)),
    messageLogs: await guarded('message-logs', () => measureMessageLogs(load.rounds, place, say)),
    seenTokens: await guarded('seen-tokens', () => measureSeenTokens(load.rounds, place, say)),
    storedTokens: await guarded('stored-tokens', () => measureStoredTokens(load.rounds, place, say)),
  }
}

/** Below the repository, like the server's own data by default: a temporary directory may be in memory, where a commit is free. */
function makeDirectory(): string {
  const data = fileURLToPath(new URL('../../data/', import.meta.url))
  mkdirSync(data, { recursive: true })
  return mkdtempSync(`${data}bench-`)
}

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (options.help) {
    console.log(help)
    return 0
  }
  if (suites[options.suite].length > 0) meetRequirements(say)
  const place = { serverCore: 0, loadCore: 1, directory: makeDirectory() }
  process.once('exit', () => {
    killAll()
    rmSync(place.directory, { recursive: true, force: true })
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  execFileSync('taskset', ['-cp', String(place.loadCore), String(process.pid)])
  const results = await measure(options, place)
  console.log(options.json ? JSON.stringify({ ...results, budgets: judge(results) }, null, 2) : renderReport(results))
  const { targets, stalls = [], ...measured } = results
  const parts = [...targets, ...stalls, ...Object.values(measured)]
  return parts.some(part => part !== undefined && 'problem' in part && part.problem !== undefined) ? 1 : 0
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof NotRunnable)) throw error
  console.error(`bench: ${error.message}`)
  process.exitCode = 2
}
