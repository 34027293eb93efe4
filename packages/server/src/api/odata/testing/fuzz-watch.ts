import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { countRows } from '../../../store/testing/row-counts.ts'
import { machineShare } from '../../../testing/machine-share.ts'
import { base64, helloArchive, type TestAnswer, type TestService } from './test-service.ts'

/** A text that no answer may hold: the store has it as a secret. */
const secretMarker = 'zq7secret'

/** The same in every run, unless `FUZZ_SEED` says another. */
export const fuzzSeed = Number(process.env.FUZZ_SEED ?? 20_260_104)

/** How long one case may compute, in milliseconds of processor time: others may use the machine. */
const computingMsMax = 1_000

/** How long one case may wait, for a process for instance, in milliseconds of a machine that nobody else uses. */
const waitingMsMax = 10_000

/** Watches cases: none crashes, fails by the server's fault, hangs or gives a secret away. */
export class FuzzWatch {
  cases = 0
  readonly statuses = new Map<number, number>()
  slowest = { ms: 0, what: '' }

  /** Runs one case. `what` describes it where it fails. */
  async see(what: string, run: () => Promise<Pick<TestAnswer, 'status' | 'text'>>): Promise<void> {
    const [used, loop, started] = [process.cpuUsage(), performance.eventLoopUtilization(), performance.now()]
    const { status, text } = await run()
    const ms = performance.now() - started
    this.cases++
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1)
    if (ms > this.slowest.ms) this.slowest = { ms, what }
    assert.ok(status >= 200 && status < 500, `expected an answer below 500, found ${status} for ${what}\n${text}`)
    assert.doesNotMatch(text, /^HTTP\/1\.1 5/m, `expected no part of a batch to fail by our fault: ${what}\n${text}`)
    assert.ok(!text.includes(secretMarker), `expected the secret to stay inside: ${what}`)
    const { user, system } = process.cpuUsage(used)
    const computingMs = (user + system) / 1_000
    assert.ok(computingMs < computingMsMax, `expected less computing, found ${computingMs} ms for ${what}`)
    const waitedMs = performance.eventLoopUtilization(loop).idle * machineShare()
    assert.ok(waitedMs < waitingMsMax, `expected an answer, found ${waitedMs} ms of waiting for ${what}`)
  }

  /** One line for people. */
  report(): string {
    const statuses = [...this.statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
    const slowest = `${this.slowest.ms.toFixed(1)} ms for ${this.slowest.what.slice(0, 200)}`
    return `${this.cases} cases; ${statuses.join(', ')}; slowest ${slowest}`
  }
}

/** Something of most kinds, so that filters have rows to look at; some of it is secret. */
export async function fillTenant({ call, store }: TestService): Promise<void> {
  const created = async (path: string, body: object) => {
    const { status, text } = await call('POST', path, { headers: { authorization: 'Bearer everybody' }, body })
    assert.equal(status, 201, `${path}: ${text}`)
  }
  await created('IntegrationPackages', { Id: 'canary', Name: 'Canary' })
  const ArtifactContent = base64(await helloArchive())
  await created('IntegrationDesigntimeArtifacts', { Name: 'Hello', Id: 'hello', PackageId: 'canary', ArtifactContent })
  await created('UserCredentials', { Name: 'canary', Kind: 'default', User: 'u', Password: secretMarker })
  for (const Id of ['canary', 'a', '%', "it's"]) await created('StringParameters', { Pid: 'canary', Id, Value: 'v' })
  await created('NumberRanges', {
    Name: 'canary',
    MinValue: '1',
    MaxValue: '9',
    CurrentValue: '1',
    Rotate: 'false',
    FieldLength: '1',
  })
  await store.messageLogs.flush()
}

/** Runs cases that may change rows: they change no table, and the service answers afterwards. */
export async function keepsItsTables(service: TestService, run: () => Promise<void>): Promise<void> {
  const tables = Object.keys(countRows(service.dataDirectory))
  await run()
  assert.deepEqual(Object.keys(countRows(service.dataDirectory)), tables)
  const { status } = await service.call('GET', 'NumberRanges', { headers: { authorization: 'Bearer everybody' } })
  assert.equal(status, 200)
}
