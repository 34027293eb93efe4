import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { openTokenService, TestClock, type TokenService } from '@sluice/server/testing'
import { median, quantile } from '../statistics.ts'
import type { Place } from '../target.ts'
import { type KeptToken, measureOverHttp } from './stored-tokens-http.ts'
import { application, batchSize, clientIdOf, createClients, issue } from './token-load.ts'

/** Tokens in a store that holds as many as a busy tenant's, against one that holds only those that are asked for. */
export interface StoredTokensResult {
  readonly tokens: number
  /** Growth of the database file for each token, its indexes included. */
  readonly rowBytes: number
  readonly operations: readonly TokenOperation[]
  /** The same as clients and administrators meet them. */
  readonly overHttp: readonly TokenOperation[]
}

export interface TokenOperation {
  readonly name: string
  readonly empty: OperationFigures
  readonly full: OperationFigures
  /** Processor time on the full store over that on the empty one. */
  readonly ratio: number
}

/** Processor time of one operation (median of rounds), and how long one takes, both in microseconds. */
export interface OperationFigures {
  readonly cpuUs: number
  readonly p50Us: number
  readonly p95Us: number
}

const tokens = 5_000_000
const days = 30
const clients = 20
const users = 1_000
/** One token in ten is a user's. */
const userShare = 10
/** Tokens of which the text is kept, spread over all: more than are asked for. */
const keptCount = 20_000
const insertedAtOnce = 2_000

interface Contestant {
  readonly service: TokenService
  readonly clock: TestClock
  /** Tokens of any age that nobody has asked for. */
  readonly kept: KeptToken[]
  /** The same of those issued last. */
  recent: string[]
}

/** Fills a store through its repository, and does by turns what servers do on it and on an almost empty one. */
export async function measureStoredTokens(
  rounds: number,
  place: Place,
  say: (progress: string) => void,
): Promise<StoredTokensResult> {
  const clock = new TestClock(Date.now() - days * 86_400_000)
  const emptyClock = new TestClock(clock.now())
  const data = `${place.directory}/stored-tokens`
  let service = await openTokenService(data, clock)
  await createClients(service, clients)
  await service.close()
  const bytesBefore = statSync(`${data}/sluice.db`).size
  service = await openTokenService(data, clock)
  const kept = await fill(service, clock, tokens, say)
  await service.close()
  const rowBytes = (statSync(`${data}/sluice.db`).size - bytesBefore) / tokens
  const full = { service: await openTokenService(data, clock), clock, kept: [...kept], recent: [] }
  const few = await openTokenService(`${data}-empty`, emptyClock)
  await createClients(few, clients)
  const keptOfFew = await fill(few, emptyClock, 2 * keptCount, say)
  const empty = { service: few, clock: emptyClock, kept: [...keptOfFew], recent: [] }
  const operations = await compare(empty, full, rounds, say)
  await Promise.all([full.service.close(), empty.service.close()])
  const stores = { empty: { data: `${data}-empty`, kept: keptOfFew, userOf }, full: { data, kept, userOf } }
  return { tokens, rowBytes, operations, overHttp: await measureOverHttp(stores, rounds, place, say) }
}

/** Spread evenly over the days before now; the clock moves along. Returns the kept tokens in a random order. */
async function fill(service: TokenService, clock: TestClock, count: number, say: (progress: string) => void) {
  const step = (days * 86_400_000) / (count / batchSize)
  const kept: KeptToken[] = []
  for (let index = 0; index < count; ) {
    const inserted: Promise<unknown>[] = []
    for (const end = Math.min(count, index + insertedAtOnce); index < end; index++) {
      if (index % batchSize === 0) clock.advance(step)
      if (index % (count / keptCount) === 0)
        inserted.push(keep(service, clientOf(index)).then(token => kept.push(token)))
      else inserted.push(service.store.tokens.insert(sampleToken(index, clock.now())))
    }
    await Promise.all(inserted)
    if (index % 100_000 === 0) say(`stored-tokens: ${index} of ${count} stored`)
  }
  // What is issued from here on is newer than all of these.
  clock.advance(1_000)
  // Texts are random.
  return kept.sort((a, b) => (a.text < b.text ? -1 : 1))
}

async function keep(service: TokenService, clientId: string): Promise<KeptToken> {
  return { text: await issue(service, clientId), clientId }
}

const clientOf = (index: number) => clientIdOf(index % clients)
const userOf = (index: number) => `user-${index % users}@example.com`
const isOfUser = (index: number) => index % userShare === userShare - 1

/** With a key as the token endpoint makes them: milliseconds modulo 2³², then what looks random. */
function sampleToken(index: number, issuedAt: number) {
  const key = randomBytes(36)
  key.writeUInt32BE(issuedAt % 2 ** 32)
  const user = isOfUser(index) ? userOf(Math.floor(index / userShare)) : undefined
  return { key, clientId: clientOf(index), user, scopes: [], issuedAt: Math.floor(issuedAt) }
}

interface Operation {
  readonly name: string
  /** How often in a round; what is done at a time counts as that many. */
  readonly times: number
  readonly atATime?: number
  run(contestant: Contestant, index: number): Promise<unknown>
}

const operations: readonly Operation[] = [
  {
    name: `issue, ${batchSize} at a time`,
    ...{ times: 50, atATime: batchSize },
    async run(contestant, index) {
      const { service, clock } = contestant
      // As time goes on: what is issued at the same time is not in the order of time.
      clock.advance(1)
      const issued = Array.from({ length: batchSize }, () => issue(service, clientOf(index)))
      contestant.recent = [...(await Promise.all(issued)), ...contestant.recent.slice(0, 1_000)]
    },
  },
  {
    name: 'validate one issued lately, not seen before',
    times: 400,
    run: ({ service, recent }) => validate(service, recent.pop()),
  },
  {
    name: 'validate one of any age, not seen before',
    times: 400,
    run: ({ service, kept }) => validate(service, kept.pop()?.text),
  },
  {
    name: 'revoke one',
    times: 50,
    async run({ service: { store }, kept }) {
      const [newest] = await store.tokens.list({ clientId: clientIdOf(kept.length % clients), limit: 1 })
      if (!newest || !(await store.tokens.delete(newest.key))) throw new Error('Expected a token to revoke, found none')
    },
  },
  { name: 'list the newest 100', times: 20, run: ({ service }) => service.store.tokens.list({ limit: 100 }) },
  {
    name: 'list the newest 100 of a client',
    times: 20,
    run: ({ service }, index) => service.store.tokens.list({ clientId: clientOf(index), limit: 100 }),
  },
  {
    name: 'list those of a user',
    times: 20,
    run: ({ service }, index) => service.store.tokens.list({ user: userOf(index), limit: 2 }),
  },
]

async function validate({ oauth }: TokenService, token = ''): Promise<void> {
  const verdict = await oauth.validator.validate(token, application, oauth.clock.now())
  if (!verdict.accepted) throw new Error(`Expected a valid token, found: ${verdict.reason}`)
}

async function compare(
  empty: Contestant,
  full: Contestant,
  rounds: number,
  say: (progress: string) => void,
): Promise<TokenOperation[]> {
  const figures = operations.map(operation => ({ operation, empty: newFigures(), full: newFigures() }))
  for (let round = 0; round <= rounds * 4; round++) {
    say(`stored-tokens: round ${round} of ${rounds * 4}`)
    for (const { operation, ...of } of figures) {
      const turns = [() => doSome(operation, empty, of.empty), () => doSome(operation, full, of.full)]
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn()
    }
  }
  return figures.map(({ operation: { name }, empty, full }) => {
    const ratios = full.cpuUs.map((us, round) => us / (empty.cpuUs[round] ?? Number.NaN))
    // The first round warms up.
    return { name, empty: summary(empty), full: summary(full), ratio: median(ratios.slice(1)) }
  })
}

const newFigures = () => ({ cpuUs: [] as number[], wallUs: [] as number[] })

async function doSome(
  { times, atATime = 1, run }: Operation,
  contestant: Contestant,
  figures: ReturnType<typeof newFigures>,
): Promise<void> {
  const began = process.cpuUsage()
  for (let index = 0; index < times; index++) {
    const started = performance.now()
    await run(contestant, index)
    figures.wallUs.push((performance.now() - started) * 1_000)
  }
  const { user, system } = process.cpuUsage(began)
  figures.cpuUs.push((user + system) / (times * atATime))
}

function summary({ cpuUs, wallUs }: ReturnType<typeof newFigures>): OperationFigures {
  return { cpuUs: median(cpuUs.slice(1)), p50Us: quantile(wallUs, 0.5), p95Us: quantile(wallUs, 0.95) }
}
