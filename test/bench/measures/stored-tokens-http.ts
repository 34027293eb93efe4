import { administratorPassword } from '@sluice/server/testing'
import { type SluiceServer, startSluice } from '../sluice-server.ts'
import { quantile } from '../statistics.ts'
import type { Place } from '../target.ts'
import { tokenRequest } from '../token-request.ts'
import type { OperationFigures, TokenOperation } from './stored-tokens.ts'
import { batchSize, clientIdOf, secret } from './token-load.ts'

/** A token whose text is known, and the client it was issued to. */
export interface KeptToken {
  readonly text: string
  readonly clientId: string
}

/** A data directory that nobody has open, and tokens of any age in it, each asked for at most once. */
export interface FilledStore {
  readonly data: string
  readonly kept: readonly KeptToken[]
  /** The user of that number, who has tokens. */
  userOf(index: number): string
}

/** Servers of each store, one after the other: one that runs may take a third more processor time than another all along. */
const starts = 5

interface Contestant extends Pick<FilledStore, 'userOf'> {
  server: SluiceServer
  readonly kept: KeptToken[]
  readonly figures: ReadonlyMap<Operation, { requests: number; cpuSeconds: number; readonly wallUs: number[] }>
}

interface Operation {
  readonly name: string
  /** Requests in a round. */
  readonly times: number
  run(contestant: Contestant, index: number): Promise<Response>
}

const service = '/oauth2/api/v1'

const operations: readonly Operation[] = [
  {
    name: 'issue',
    times: 800,
    run: ({ server }) => asClient(server, '/token', clientIdOf(0), 'grant_type=client_credentials'),
  },
  {
    name: 'introspect one of any age, not seen before',
    times: 800,
    run: ({ server, kept }) => about(server, '/introspect', kept),
  },
  { name: 'revoke one of any age', times: 320, run: ({ server, kept }) => about(server, '/revoke', kept) },
  { name: 'list the newest 100', times: 96, run: ({ server }) => list(server, 'limit=100') },
  {
    name: 'list the newest 100 of a client',
    times: 96,
    run: ({ server }) => list(server, `clientId=${clientIdOf(0)}&limit=100`),
  },
  {
    name: 'list those of a user',
    times: 320,
    run: ({ server, userOf }, index) => list(server, `user=${encodeURIComponent(userOf(index))}&limit=2`),
  },
]

function asClient({ url }: SluiceServer, path: string, clientId: string, body: string): Promise<Response> {
  const { method, headers } = tokenRequest(url, clientId, secret)
  return fetch(`${url}${service}${path}`, { method, headers, body })
}

function about(server: SluiceServer, path: string, kept: KeptToken[]): Promise<Response> {
  const token = kept.pop()
  if (!token) throw new Error('Expected tokens that were not asked for, found none')
  return asClient(server, path, token.clientId, `token=${token.text}`)
}

const list = ({ url }: SluiceServer, query: string) =>
  fetch(`${url}${service}/tokens?${query}`, {
    headers: { authorization: `Basic ${btoa(`admin:${administratorPassword}`)}` },
  })

/**
 * What clients and administrators do with tokens, as requests to started servers, `batchSize` at a time and by turns. The system
 * counts a server's processor time in hundredths of a second: figures and ratios are those of all rounds together.
 */
export async function measureOverHttp(
  stores: Readonly<Record<'empty' | 'full', FilledStore>>,
  rounds: number,
  place: Place,
  say: (progress: string) => void,
): Promise<TokenOperation[]> {
  const empty = await start(stores.empty, place)
  const full = await start(stores.full, place)
  for (let count = 1; count <= starts; count++) {
    if (count > 1)
      for (const [contestant, { data }] of [
        [full, stores.full],
        [empty, stores.empty],
      ] as const)
        contestant.server = await startSluice(place.serverCore, data)
    for (let round = 0; round <= Math.ceil((rounds * 2) / starts); round++) {
      say(`stored-tokens: server ${count} of ${starts}, round ${round} over HTTP`)
      for (const operation of operations) {
        const turns = (round + count) % 2 === 0 ? [empty, full] : [full, empty]
        // The first round warms up.
        for (const contestant of turns) await doSome(operation, contestant, round > 0)
      }
    }
    await Promise.all([empty.server.process.stop(), full.server.process.stop()])
  }
  return operations.map(operation => {
    const [few, many] = [summary(operation, empty), summary(operation, full)]
    return { name: `${operation.name}, over HTTP`, empty: few, full: many, ratio: many.cpuUs / few.cpuUs }
  })
}

async function start({ data, kept, userOf }: FilledStore, place: Place): Promise<Contestant> {
  const server = await startSluice(place.serverCore, data)
  const figures = new Map(operations.map(operation => [operation, { requests: 0, cpuSeconds: 0, wallUs: [] }]))
  return { server, kept: [...kept], userOf, figures }
}

async function doSome(operation: Operation, contestant: Contestant, counts: boolean): Promise<void> {
  const { process } = contestant.server
  const before = process.cpuSeconds()
  const wallUs: number[] = []
  for (let index = 0; index < operation.times; index += batchSize) {
    const asked = Array.from({ length: batchSize }, async (_, more) => {
      const started = performance.now()
      const response = await operation.run(contestant, index + more)
      const body = await response.text()
      wallUs.push((performance.now() - started) * 1_000)
      if (!response.ok) throw new Error(`Expected ${operation.name} to succeed, found ${response.status}: ${body}`)
      if (body === '{"active":false}') throw new Error('Expected a token that is valid, found one that is not')
    })
    await Promise.all(asked)
  }
  const figures = contestant.figures.get(operation)
  if (!counts || !figures) return
  figures.requests += operation.times
  figures.cpuSeconds += process.cpuSeconds() - before
  figures.wallUs.push(...wallUs)
}

function summary(operation: Operation, { figures }: Contestant): OperationFigures {
  const { requests, cpuSeconds, wallUs } = figures.get(operation) ?? { requests: 0, cpuSeconds: 0, wallUs: [] }
  return { cpuUs: (cpuSeconds * 1e6) / requests, p50Us: quantile(wallUs, 0.5), p95Us: quantile(wallUs, 0.95) }
}
