import type {
  Clock,
  Credential,
  HttpAnswer,
  HttpCall,
  KeyPair,
  MailServer,
  MappingCall,
  MappingResult,
  OutgoingMail,
  OutgoingMessage,
  Ports,
  Random,
} from '../ports.ts'
import type { Exchange } from '../run/exchange.ts'
import { Failure } from '../run/failure.ts'
import type { RunScope } from '../run/scope.ts'
import { FakeDataStores } from './data-stores.ts'
import { type FakeTransformations, fakeStylesheets } from './stylesheets.ts'
import { type FakePartners, fakeKeystore, fakePartnerDirectory } from './tenant-data.ts'

/** 2025-03-14T15:09:26.535Z, where clocks of tests stand unless told otherwise. */
export const testInstant = 1_741_964_966_535

/** A clock that stands still until it is moved. Whoever sleeps moves it, and goes on at once. */
export class TestClock implements Clock {
  #now: number

  constructor(now: number = testInstant) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds
  }

  async sleep(milliseconds: number): Promise<void> {
    this.advance(milliseconds)
  }
}

/** The same numbers for the same seed (mulberry32). Not for secrets. */
export class SeededRandom implements Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.below(256))
  }
}

/** What the fake world holds. */
export interface FakeWorld {
  readonly clock?: Clock
  /** Variables by `local/NAME` or `global/NAME`. Flows change it. */
  readonly variables?: Record<string, unknown>
  /** Bodies of data store entries by `local/STORE/ID` or `global/STORE/ID`. Flows change it. */
  readonly dataStores?: Record<string, string>
  /** Filled with bodies of persisted messages, by the step's own name for them. */
  readonly persisted?: Record<string, string>
  /** Messages that idempotent process calls have processed, by `STEP/MESSAGE`. Flows add to it. */
  readonly processed?: Set<string>
  /** The next number of each range. */
  readonly numberRanges?: Readonly<Record<string, number>>
  /** What the consumer at a ProcessDirect address does with its message. */
  readonly consumers?: Readonly<Record<string, (exchange: Exchange) => Exchange | Promise<Exchange>>>
  /** What other systems answer. Without it none can be reached. */
  readonly http?: (call: HttpCall) => HttpAnswer | Promise<HttpAnswer>
  /** Security material by name. The access token of OAuth2 client credentials is `token of NAME`. */
  readonly credentials?: Readonly<Record<string, Credential>>
  /** Key pairs, and trusted certificates in DER, by alias. */
  readonly keystore?: Readonly<Record<string, KeyPair | Uint8Array>>
  readonly partnerDirectory?: FakePartners
  /** Filled with the mails that are sent, and by which server. */
  readonly mails?: { readonly mail: OutgoingMail; readonly server: MailServer }[]
  /** Filled with what is put into queues. */
  readonly queued?: OutgoingMessage[]
  /** What functions of scripts do, by `FILE#FUNCTION`. */
  readonly scripts?: Readonly<Record<string, (exchange: Exchange, scope: RunScope) => void>>
  /** What functions of message mappings give for one call, by `FILE#FUNCTION`; a text is what a function returns. */
  readonly mappingFunctions?: Readonly<
    Record<string, (call: MappingCall, exchange: Exchange) => MappingResult | string>
  >
  /** What stylesheets make of a document, by their file. */
  readonly stylesheets?: FakeTransformations
  /** Target values by `SOURCE AGENCY/IDENTIFIER/VALUE/TARGET AGENCY/IDENTIFIER`. */
  readonly valueMappings?: Readonly<Record<string, string>>
}

/** An answer of another system; 200 and an empty body unless told otherwise. */
export function httpAnswer({
  status = 200,
  statusText = '',
  headers = {},
  body = '',
}: {
  readonly status?: number
  readonly statusText?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
} = {}): HttpAnswer {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return { status, statusText, headers: Object.entries(headers), body: bytes }
}

/** Ports on a fake world. Nothing waits longer than a promise takes. */
export function fakePorts(world: FakeWorld = {}): Ports {
  const {
    clock,
    variables = {},
    processed = new Set(),
    numberRanges = {},
    consumers = {},
    http = unreachable,
    credentials = {},
    scripts = {},
    mappingFunctions = {},
    valueMappings = {},
  } = world
  const numbers = new Map(Object.entries(numberRanges))
  const now = () => ports.clock.now()
  const ports: Ports = {
    clock: clock ?? new TestClock(),
    turns: { next: async () => {} },
    random: new SeededRandom(1),
    variables: { read: async (scope, _, name) => variables[`${scope}/${name}`] },
    numberRanges: {
      next: async name => {
        const number = numbers.get(name)
        if (number === undefined)
          throw new Failure(`Expected number range "${name}", found none.`, { code: 'number-range' })
        numbers.set(name, number + 1)
        return String(number)
      },
    },
    flows: {
      call: async (address, exchange) => {
        const consumer = consumers[address]
        if (consumer === undefined)
          throw new Failure(`Expected a flow at "${address}", found none.`, { code: 'no-consumer' })
        return consumer(exchange)
      },
    },
    http: { send: async call => http(call) },
    keystore: fakeKeystore(world.keystore),
    partnerDirectory: fakePartnerDirectory(world.partnerDirectory),
    mail: {
      send: async (mail, server) => {
        world.mails?.push({ mail, server })
        return { messageId: '<mail-1@test>' }
      },
    },
    // The bytes themselves, so that tests see what was hashed.
    digests: { digest: async (_, bytes) => bytes },
    queues: { put: async outgoing => void world.queued?.push(...outgoing) },
    scripts: {
      prepare: async () => [],
      run: async ({ file }, functionName, exchange, scope) => {
        const fake = scripts[`${file}#${functionName}`]
        if (fake === undefined)
          throw new Failure(`Expected function "${functionName}" in ${file}, found none.`, { code: 'script' })
        fake(exchange, scope)
      },
      map: async ({ file }, functionName, calls, exchange) => {
        const fake = mappingFunctions[`${file}#${functionName}`]
        if (fake === undefined)
          throw new Failure(`Expected function "${functionName}" in ${file}, found none.`, { code: 'script' })
        return calls.map(call => {
          const result = fake(call, exchange)
          return typeof result === 'string' ? [[[result]]] : result
        })
      },
    },
    stylesheets: fakeStylesheets(world.stylesheets),
    heavyWork: {
      // Copies show that input and result can cross to another process.
      run: async (task, input) => structuredClone(await task.run(structuredClone(input))),
    },
    valueMappings: { lookup: async (...names) => valueMappings[names.join('/')] },
    dataStores: new FakeDataStores({ variables, entries: world.dataStores, persisted: world.persisted, now }),
    idempotentRepository: {
      contains: async ({ stepId, messageId }) => processed.has(`${stepId}/${messageId}`),
      add: async ({ stepId, messageId }) => void processed.add(`${stepId}/${messageId}`),
    },
    credentials: {
      find: async name => credentials[name],
      accessToken: async name => {
        if (credentials[name]?.kind === 'oauth2-client') return `token of ${name}`
        throw new Failure(`Expected OAuth2 client credentials "${name}", found none.`, { code: 'credential' })
      },
    },
  }
  return ports
}

function unreachable({ url }: HttpCall): never {
  throw new Failure(`Expected an answer from ${url}, found no connection.`, { code: 'connection', retry: 'later' })
}
