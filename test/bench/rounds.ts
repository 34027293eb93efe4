import { setTimeout as sleep } from 'node:timers/promises'
import { type LoadResult, load, probe } from './load.ts'
import { coreBusySeconds } from './server-process.ts'
import type { Place, RunningTarget, Target } from './target.ts'

const warmUpSeconds = 3
const idleSeconds = 1
/** Work that a target does after its answers (logs, clean-up) is charged to the run that caused it. */
const settleSeconds = 0.3

export interface RoundResult extends LoadResult {
  /** User and system time of the server per 1,000 requests. */
  readonly cpuSecondsPer1000: number
  /** Share of the server core's time that went to something else, 0–1: how far to trust the run. */
  readonly foreignShare: number
}

/** Everything measured on one target; `problem` instead of figures that would not mean anything. */
export interface TargetResult {
  readonly name: string
  readonly title: string
  readonly rounds: readonly RoundResult[]
  readonly idleBytes: number
  readonly peakBytes: number
  readonly childrenBytes: number
  readonly problem: string | undefined
}

interface Contestant {
  readonly target: Target
  readonly running: RunningTarget | undefined
  readonly rounds: RoundResult[]
  idleBytes: number
  peakBytes: number
  childrenBytes: number
  problem: string | undefined
}

/**
 * Starts all targets, then loads one after the other, round by round, each round beginning with another target: what the
 * machine does meanwhile hits all alike.
 */
export async function runRounds(
  targets: readonly Target[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  place: Place,
  say: (progress: string) => void,
): Promise<TargetResult[]> {
  const contestants: Contestant[] = []
  for (const target of targets) {
    say(`starting ${target.name}`)
    contestants.push(await start(target, place))
  }
  for (const contestant of contestants) {
    say(`warming up ${contestant.target.name}`)
    const seconds = contestant.target.warmUpSeconds ?? warmUpSeconds
    await attempt(contestant, async running => void (await load(running.request, place.loadCore, seconds)))
  }
  for (let round = 0; round < rounds; round++) {
    for (const contestant of rotate(contestants, round)) {
      say(`round ${round + 1} of ${rounds}: ${contestant.target.name}`)
      await attempt(contestant, running => runOnce(contestant, running, place, seconds))
    }
  }
  await Promise.all(contestants.map(({ running }) => running?.process.stop()))
  return contestants.map(({ target: { name, title }, running: _, ...measured }) => ({ name, title, ...measured }))
}

async function start(target: Target, place: Place): Promise<Contestant> {
  const none = {
    target,
    running: undefined,
    rounds: [],
    idleBytes: 0,
    peakBytes: 0,
    childrenBytes: 0,
    problem: undefined,
  }
  try {
    const running = await target.start(place)
    await sleep(idleSeconds * 1000)
    return { ...none, running, idleBytes: running.process.memory().ownBytes }
  } catch (error) {
    return { ...none, problem: `did not start: ${messageOf(error)}` }
  }
}

/** A target with a problem is left alone from then on. */
async function attempt(contestant: Contestant, run: (running: RunningTarget) => Promise<void>): Promise<void> {
  const { running } = contestant
  if (contestant.problem !== undefined || running === undefined) return
  try {
    await run(running)
  } catch (error) {
    contestant.problem = causeOf(error, running)
  }
}

/** A server that ended explains more than the requests that it left unanswered. */
function causeOf(error: unknown, running: RunningTarget): string {
  try {
    running.process.assertRunning()
    return messageOf(error)
  } catch (ended) {
    return messageOf(ended)
  }
}

async function runOnce(contestant: Contestant, running: RunningTarget, place: Place, seconds: number): Promise<void> {
  const started = performance.now()
  const busyBefore = coreBusySeconds(place.serverCore)
  const ownBefore = running.process.cpuSeconds()
  const result = await load(running.request, place.loadCore, seconds)
  const { peakBytes, childrenBytes } = running.process.memory()
  contestant.peakBytes = peakBytes
  contestant.childrenBytes = Math.max(contestant.childrenBytes, childrenBytes)
  await sleep(settleSeconds * 1000)
  const own = running.process.cpuSeconds() - ownBefore
  const busy = coreBusySeconds(place.serverCore) - busyBefore
  const elapsed = (performance.now() - started) / 1000
  const errors = Object.entries(result.errors).map(([kind, count]) => `${count} × ${kind}`)
  if (errors.length > 0)
    throw new Error(`Expected every request answered, found of ${result.requests}: ${errors.join(', ')}`)
  await probe(running.request)
  contestant.rounds.push({
    ...result,
    cpuSecondsPer1000: (own / result.requests) * 1000,
    foreignShare: Math.max(0, (busy - own) / elapsed),
  })
}

/** Round 0 begins with the first, round 1 with the second … */
function rotate<Item>(items: readonly Item[], by: number): Item[] {
  const cut = by % Math.max(1, items.length)
  return [...items.slice(cut), ...items.slice(0, cut)]
}

/** The message of an error and of everything behind it. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${messageOf(error.cause)}`
}
