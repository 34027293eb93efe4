import { randomBytes } from 'node:crypto'
import type { Client } from '@sluice/oauth'
import { openStore, purge, type Store } from '@sluice/server/testing'
import { quantile } from '../statistics.ts'
import type { Place } from '../target.ts'

/** What it takes to delete tokens that expired while no server ran, and how long others wait for the database meanwhile. */
export interface ExpiredTokensResult {
  readonly tokens: number
  readonly clients: number
  readonly batches: number
  readonly seconds: number
  /** How long one batch held the database, in milliseconds. */
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  /** Processor time for one token, in microseconds: what a busy machine leaves as it is. */
  readonly cpuUs: number
}

const tokens = 1_000_000
const clients = 10_000
const days = 30
const dayMs = 86_400_000
const insertedAtOnce = 2_000
const limits = {
  auditRetentionDays: 201,
  sessionIdleMinutes: 30,
  messageLogRetentionDays: 30,
  attachmentRetentionDays: 30,
  traceBytesMax: 1e9,
  runStepsMax: 1e6,
}

/** Fills a store with expired tokens and has them deleted as a running server does. */
export async function measureExpiredTokens(
  place: Place,
  say: (progress: string) => void,
): Promise<ExpiredTokensResult> {
  const now = Date.now()
  const store = await openStore({ dataDirectory: `${place.directory}/expired-tokens` })
  try {
    await fill(store, now, say)
    say(`expired-tokens: deleting ${tokens}`)
    const times: number[] = []
    const timed: Store = { ...store, tokens: { ...store.tokens, deleteExpired } }
    async function deleteExpired(at: number, limit: number): Promise<number> {
      const began = performance.now()
      const deleted = await store.tokens.deleteExpired(at, limit)
      if (deleted > 0) times.push(performance.now() - began)
      return deleted
    }
    const began = performance.now()
    const cpuBegan = process.cpuUsage()
    await purge({ store: timed, clock: { now: () => now }, ...limits }, () => false)
    const seconds = (performance.now() - began) / 1_000
    const { user, system } = process.cpuUsage(cpuBegan)
    const [left] = await store.tokens.list({ limit: 1 })
    if (left) throw new Error('Expected no token to be left, found one')
    const [p50Ms, p99Ms, maxMs] = [0.5, 0.99, 1].map(share => quantile(times, share)) as [number, number, number]
    return { tokens, clients, batches: times.length, seconds, p50Ms, p99Ms, maxMs, cpuUs: (user + system) / tokens }
  } finally {
    await store.close()
  }
}

async function fill(store: Store, now: number, say: (progress: string) => void): Promise<void> {
  const ids = Array.from({ length: clients }, (_, index) => `client-${index}`)
  await Promise.all(ids.map(id => store.clients.create(shortLived(id), undefined)))
  for (let index = 0; index < tokens; ) {
    const inserted: Promise<void>[] = []
    for (const end = index + insertedAtOnce; index < end; index++) {
      const issuedAt = Math.floor(now - dayMs - (days - 1) * dayMs * (1 - index / tokens))
      // As the token endpoint makes them: milliseconds modulo 2³², then what looks random.
      const key = randomBytes(36)
      key.writeUInt32BE(issuedAt % 2 ** 32)
      const clientId = ids[(index * 7_919) % clients] ?? ''
      inserted.push(store.tokens.insert({ key, clientId, user: undefined, scopes: [], issuedAt }))
    }
    await Promise.all(inserted)
    if (index % 100_000 === 0) say(`expired-tokens: ${index} of ${tokens} stored`)
  }
}

function shortLived(id: string): Client {
  return {
    ...{ kind: 'application', id, name: id, description: '', subscription: 'deviflmap', scopes: [] },
    ...{ grant: 'client_credentials', confidential: true, skipConsent: false, redirectUri: undefined },
    ...{ tokenLifetimeSeconds: 3600, refreshTokenLifetimeSeconds: 3600, translations: {}, createdAt: 0 },
  }
}
