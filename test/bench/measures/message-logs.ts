import { clientLogQueries, openStore, randomOf, type Store, sampleLog, sampleShape } from '@sluice/server/testing'
import { waitUntil } from '../server-process.ts'
import { spawnSluice } from '../sluice-server.ts'
import { median, quantile } from '../statistics.ts'
import type { Place } from '../target.ts'

/** Message logs in a store that is as full as a tenant's after a month. */
export interface MessageLogsResult {
  readonly queries: readonly QueryResult[]
  /** CPU time to record and commit one log, in microseconds: the median, and the ratio of both in the same round. */
  readonly insert: { readonly emptyUs: number; readonly fullUs: number; readonly ratio: number }
  /** How long deleting what a day has added holds the database at a time, in milliseconds. */
  readonly purge: { readonly logs: number; readonly p50Ms: number; readonly maxMs: number }
}

export interface QueryResult {
  readonly name: string
  readonly p50Ms: number
  readonly p95Ms: number
  readonly maxMs: number
  /** CPU time of the server for one request: what a busy machine leaves as it is. */
  readonly cpuMs: number
}

/** As many logs as one commit holds under load. */
const groupSize = 256
const insertedPerRound = 20 * groupSize
const warmUps = 3
/** As the server deletes them. */
const purgeBatch = 100

/** Fills a store, asks it over HTTP what clients ask, records into it beside an empty one, and deletes its oldest day. */
export async function measureMessageLogs(
  rounds: number,
  place: Place,
  say: (progress: string) => void,
): Promise<MessageLogsResult> {
  const data = `${place.directory}/message-logs`
  const end = Date.now()
  const full = await openStore({ dataDirectory: data })
  await fill(full, end, say)
  await full.close()
  const queries = await measureQueries(data, rounds, place, end, say)
  const again = await openStore({ dataDirectory: data })
  const insert = await measureInserts(again, `${data}-empty`, rounds, end, say)
  const purge = await measurePurge(again, end, say)
  await again.close()
  return { queries, insert, purge }
}

async function fill(store: Store, end: number, say: (progress: string) => void): Promise<void> {
  const random = randomOf(1)
  for (let index = 0; index < sampleShape.logs; index++) {
    store.messageLogs.record(sampleLog(index, sampleShape.logs, end, random))
    if (index % groupSize === 0) await store.messageLogs.flush()
    if (index % 100_000 === 0) say(`message-logs: ${index} of ${sampleShape.logs} recorded`)
  }
}

async function measureQueries(
  data: string,
  rounds: number,
  place: Place,
  end: number,
  say: (progress: string) => void,
): Promise<QueryResult[]> {
  const server = await spawnSluice(place.serverCore, data)
  try {
    await waitUntil(async () => (await fetch(`${server.url}/readyz`)).ok, server.process)
    const headers = { authorization: server.authorization, accept: 'application/json' }
    const results: QueryResult[] = []
    for (const { name, url } of clientLogQueries) {
      say(`message-logs: ${name}`)
      const random = randomOf(2)
      const times: number[] = []
      let cpuBegan = 0
      for (let count = -warmUps; count < rounds * 20; count++) {
        if (count === 0) cpuBegan = server.process.cpuSeconds()
        const path = `${server.url}/api/v1/${url(random, end)}`
        const began = performance.now()
        const response = await fetch(path, { headers })
        const text = await response.text()
        if (count >= 0) times.push(performance.now() - began)
        if (response.status !== 200) throw new Error(`Expected 200 for ${path}, found ${response.status} ${text}`)
      }
      const cpuMs = ((server.process.cpuSeconds() - cpuBegan) * 1_000) / times.length
      const [p50Ms, p95Ms, maxMs] = [0.5, 0.95, 1].map(share => quantile(times, share)) as [number, number, number]
      results.push({ name, p50Ms, p95Ms, maxMs, cpuMs })
    }
    return results
  } finally {
    await server.process.stop()
  }
}

/** By turns, because the machine's own speed changes by more than what is looked for. */
async function measureInserts(
  full: Store,
  emptyData: string,
  rounds: number,
  end: number,
  say: (progress: string) => void,
): Promise<MessageLogsResult['insert']> {
  const empty = await openStore({ dataDirectory: emptyData })
  const stores = [
    { store: empty, us: [] as number[] },
    { store: full, us: [] as number[] },
  ] as const
  const ratios: number[] = []
  for (let round = 0; round <= rounds * 4; round++) {
    say(`message-logs: recording, ${round} of ${rounds * 4}`)
    for (const { store, us } of round % 2 === 0 ? stores : stores.toReversed()) {
      us.push(await recordSome(store, end + round * 1_000, 3 + round))
    }
    const [ofEmpty, ofFull] = stores.map(({ us }) => us.at(-1) ?? Number.NaN)
    ratios.push((ofFull ?? Number.NaN) / (ofEmpty ?? Number.NaN))
  }
  await empty.close()
  // The first round warms up.
  const of = (values: readonly number[]) => median(values.slice(1))
  return { emptyUs: of(stores[0].us), fullUs: of(stores[1].us), ratio: of(ratios) }
}

/** Microseconds of CPU time for one log. */
async function recordSome({ messageLogs }: Store, end: number, seed: number): Promise<number> {
  const random = randomOf(seed)
  const logs = Array.from({ length: insertedPerRound }, (_, index) =>
    sampleLog(sampleShape.logs - index, sampleShape.logs, end, random),
  )
  const began = process.cpuUsage()
  for (const [index, log] of logs.entries()) {
    messageLogs.record(log)
    if (index % groupSize === groupSize - 1) await messageLogs.flush()
  }
  const { user, system } = process.cpuUsage(began)
  return (user + system) / logs.length
}

async function measurePurge(
  { messageLogs }: Store,
  end: number,
  say: (progress: string) => void,
): Promise<MessageLogsResult['purge']> {
  say('message-logs: deleting the oldest day')
  const before = end - (sampleShape.days - 1) * 86_400_000
  const times: number[] = []
  let logs = 0
  for (;;) {
    const began = performance.now()
    const deleted = await messageLogs.deleteOlderThan(before, purgeBatch)
    times.push(performance.now() - began)
    logs += deleted
    if (deleted === 0) return { logs, p50Ms: quantile(times, 0.5), maxMs: quantile(times, 1) }
  }
}
