import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { loopProbeArgs, TestClock, type TestServer } from '../src/testing/index.ts'

const launcher = fileURLToPath(new URL('../bin/sluice.js', import.meta.url))
const password = 'an administrator of tests'

/** A server in a process of its own, that a test may kill, and ask for `loopFigures`. Its clock is the machine's. */
export interface ServerProcess {
  readonly process: ChildProcess
  readonly described: TestServer
}

/** Starts `sluice serve` on a data directory; resolves when it listens. `log` gets its standard error. */
export async function startProcess(
  data: string,
  env: Readonly<Record<string, string>> = {},
  log?: (text: string) => void,
): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    [...loopProbeArgs, launcher, 'serve', '--port', '0', '--data', data, '--json'],
    {
      env: { ...process.env, ...env, SLUICE_ADMIN_PASSWORD: password },
      stdio: ['ignore', 'pipe', log ? 'pipe' : 'inherit', 'ipc'],
    },
  )
  // A server that a failed test leaves behind would hold the test runner.
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  if (log) child.stderr?.setEncoding('utf8').on('data', log)
  const [line] = (await once(createInterface({ input: child.stdout as Readable }), 'line')) as [string]
  const { url } = JSON.parse(line) as { url: string }
  const described: TestServer = {
    url,
    admin: { user: 'admin', password, authorization: `Basic ${btoa(`admin:${password}`)}` },
    clock: new TestClock(),
    dataDirectory: data,
    deployed: async () => undefined,
    runDueTimers: async () => undefined,
    flushAccessLog: () => undefined,
    close: async () => undefined,
  }
  return { process: child, described }
}
