import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '../config/read-settings.ts'
import type { HashCosts } from '../identity/secret-hasher.ts'
import { type RunningServer, startServer } from '../main.ts'
import { scriptCache } from '../scripting/testing/script-tenant.ts'
import { TestClock } from './test-clock.ts'

/** A started server and what a test needs to use it. */
export interface TestServer {
  /** `http://localhost:<port>` */
  readonly url: string
  readonly admin: { readonly user: string; readonly password: string; readonly authorization: string }
  readonly clock: TestClock
  readonly dataDirectory: string
  /** Resolves when no deployment is under way. */
  deployed(): Promise<void>
  /** Starts the timers of flows that are due by the clock; resolves when their runs have ended. */
  runDueTimers(): Promise<void>
  /** Writes what the access log has buffered, so that a test can read it. */
  flushAccessLog(): void
  /** Stops the server; the data directory goes with it unless it was given. */
  close(): Promise<void>
}

/** What may differ from one test server to the next. */
export interface TestServerOptions {
  /** Settings by flag name, for example `{ 'client-authentication': 'form' }`. */
  readonly flags?: Readonly<Record<string, string>>
  /** What hashing secrets and passwords costs; default: next to nothing. */
  readonly hashCosts?: HashCosts
  /** Keep and reuse this directory. */
  readonly dataDirectory?: string
}

const cheap: HashCosts = { secrets: { logN: 10, r: 8, p: 1 }, passwords: { logN: 10, r: 8, p: 2 } }

/** The real server on a free port with a real database, and a clock that the test moves. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'sluice-test-')))
  const password = 'an administrator of tests'
  const clock = new TestClock()
  // Shared by all test servers: the host of scripts is compiled once.
  const cache = scriptCache
  const flags = {
    port: '0',
    data: dataDirectory,
    cache,
    'admin-password': password,
    'log-level': 'silent',
    ...options.flags,
  }
  const server: RunningServer = await startServer(readSettings(flags, {}), {
    clock,
    hashCosts: options.hashCosts ?? cheap,
  })
  return {
    url: server.url,
    admin: { user: 'admin', password, authorization: `Basic ${btoa(`admin:${password}`)}` },
    clock,
    dataDirectory,
    deployed: () => server.deploymentsIdle(),
    runDueTimers: () => server.runDueTimers(),
    flushAccessLog: () => server.flushAccessLog(),
    async close() {
      await server.close()
      if (!options.dataDirectory) await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}
