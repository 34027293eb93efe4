import { Agent, request } from 'node:http'
import { randomOf } from '@sluice/server/testing'
import { startSluice } from '../sluice-server.ts'
import { median } from '../statistics.ts'
import type { Place } from '../target.ts'

const tries = 10_000
/** Fewer than there may wait at a time; each waits 200 ms. */
const atOnce = 40

/** What is wrong, and with which ID and secret it is tried. */
const kinds = [
  ['wrong secret', 'orders', 'wrong'],
  ['another wrong secret', 'orders', 'wrong, too'],
  ['unknown client', 'nobody', 'wrong'],
  ['right client, no secret', 'orders', ''],
] as const

export interface SecretTimingResult {
  readonly tries: number
  /** Against a wrong secret. */
  readonly others: readonly {
    readonly kind: string
    /** Between the medians, in microseconds. */
    readonly differenceUs: number
    /**
     * How probable it is that of one answer of each kind this one came later: 0.5 where nothing can be told (Mann-Whitney), with
     * how many standard deviations it is away from there.
     */
    readonly later: number
    readonly deviations: number
  }[]
  readonly medianMs: number
}

/**
 * Whether an observer can tell by the time of an answer what was wrong about client ID and secret. Kinds by chance, each try from
 * an address of its own, as a second failure from one address takes longer. Another wrong secret shows what chance does.
 */
export async function measureSecretTiming(place: Place, say: (progress: string) => void): Promise<SecretTimingResult> {
  const { tenant, url, process } = await startSluice(place.serverCore, `${place.directory}/secret-timing`)
  try {
    await tenant.createClient({ id: 'orders', secret: 'right', subscription: 'deviflmap' })
    await tenant.issueToken('orders', 'right')
    const taken = kinds.map(() => [] as number[])
    const random = randomOf(tries)
    let next = 0
    const work = async () => {
      for (let index = next++; index < tries; index = next++) {
        if (index % 2_000 === 0) say(`secret-timing: ${index} of ${tries}`)
        const kind = Math.floor(random() * kinds.length)
        const [, id, secret] = kinds[kind] ?? kinds[0]
        taken[kind]?.push(await attempt(url, index, `${id}:${secret}`))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    const [wrong = [], ...others] = taken
    return {
      tries,
      medianMs: median(wrong),
      others: others.map((found, index) => ({
        kind: kinds[index + 1]?.[0] ?? '',
        differenceUs: (median(found) - median(wrong)) * 1000,
        ...rankSum(found, wrong),
      })),
    }
  } finally {
    await process.stop()
  }
}

/** Milliseconds from sending the request, on a connection that is there, to the head of the answer. */
function attempt(url: string, index: number, credentials: string): Promise<number> {
  const agent = new Agent({ maxSockets: 1 })
  const localAddress = `127.1.${index >> 8}.${index & 255}`
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Basic ${btoa(credentials)}` }
    const path = '/oauth2/api/v1/token?grant_type=client_credentials'
    const sent = request(`${url}${path}`, { method: 'POST', headers, agent, localAddress })
    let started = 0
    sent.on('error', reject)
    sent.on('socket', socket =>
      socket.once('connect', () => {
        started = performance.now()
        sent.end()
      }),
    )
    sent.on('response', response => {
      const ms = performance.now() - started
      response.resume().on('end', () => agent.destroy())
      if (response.statusCode === 401) resolve(ms)
      else reject(new Error(`Expected 401, found ${response.statusCode}`))
    })
  })
}

/** Mann-Whitney's test of whether values of `a` tend to be larger than those of `b`. */
function rankSum(a: readonly number[], b: readonly number[]): { later: number; deviations: number } {
  const all = [...a.map(value => ({ value, isA: true })), ...b.map(value => ({ value, isA: false }))]
  all.sort((one, other) => one.value - other.value)
  const ranks = all.reduce((sum, { isA }, index) => (isA ? sum + index + 1 : sum), 0)
  const [n, m] = [a.length, b.length]
  const later = (ranks - (n * (n + 1)) / 2) / (n * m)
  return { later, deviations: (later - 0.5) / Math.sqrt((n + m + 1) / (12 * n * m)) }
}
