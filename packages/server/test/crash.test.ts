import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startProcess as start } from './server-process.ts'
import { flowZip, Tenant } from './tenant.ts'

test('kill -9 under load loses nothing that was answered', async t => {
  const data = await mkdtemp(join(tmpdir(), 'sluice-crash-'))
  let server = await start(data)
  try {
    const tenant = new Tenant(server.described)
    await tenant.createClient({ id: 'hello' })
    await tenant.assign('hello')
    await tenant.deploy(await flowZip())
    await deployed(tenant)

    const load = startLoad(tenant)
    await load.reached(100)
    const committed = await listedLogs(tenant)
    assert.ok(committed.length >= 100)
    await load.reached(300)
    server.process.kill('SIGKILL')
    await once(server.process, 'exit')
    const { tokens, guids } = await load.stop()

    const startedAt = performance.now()
    server = await start(data)
    const revived = new Tenant(server.described)
    const answer = await revived.call('/hello', tokens[0])
    const restartMs = performance.now() - startedAt
    assert.equal(answer.text, 'Hello, world!')
    t.diagnostic(`the flow answered ${Math.round(restartMs)} ms after the restart`)
    for (const token of tokens) assert.equal((await revived.call('/hello', token)).status, 200)
    for (const guid of committed) assert.ok(await hasLog(revived, guid), guid)
    await lostOnlyTheTail(revived, guids)
  } finally {
    server.process.kill('SIGKILL')
    await rm(data, { recursive: true, force: true })
  }
})

/** Logs are committed in the order in which they were written: what is missing of a worker's calls is the end of them. */
async function lostOnlyTheTail(tenant: Tenant, guids: readonly (readonly string[])[]): Promise<void> {
  for (const ofWorker of guids) {
    const isThere = []
    for (const guid of ofWorker) isThere.push(await hasLog(tenant, guid))
    const firstLost = isThere.indexOf(false)
    if (firstLost >= 0) assert.ok(!isThere.slice(firstLost).includes(true))
  }
}

async function hasLog(tenant: Tenant, guid: string): Promise<boolean> {
  const { status } = await tenant.administer('GET', `/api/v1/MessageProcessingLogs('${guid}')`)
  assert.ok(status === 200 || status === 404, `${status}`)
  return status === 200
}

/** IDs of logs that a list shows, which are on disk by then. */
async function listedLogs(tenant: Tenant): Promise<string[]> {
  const { text } = await tenant.administer('GET', '/api/v1/MessageProcessingLogs?$select=MessageGuid&$top=1000')
  return (JSON.parse(text) as { d: { results: { MessageGuid: string }[] } }).d.results.map(log => log.MessageGuid)
}

interface Load {
  /** Resolves when this many calls have been answered. */
  reached(calls: number): Promise<void>
  stop(): Promise<{ tokens: string[]; guids: string[][] }>
}

/** Four workers that fetch a token and call the flow until the connection breaks. */
function startLoad(tenant: Tenant): Load {
  const tokens: string[] = []
  const guids: string[][] = []
  let calls = 0
  const waiting: { calls: number; resolve: () => void }[] = []
  const work = async () => {
    const mine: string[] = []
    guids.push(mine)
    for (;;) {
      const token = await tenant.token('hello')
      tokens.push(token)
      const answer = await tenant.call('/hello', token)
      mine.push(answer.headers.get('sap_messageprocessinglogid') ?? '')
      calls++
      for (const waiter of waiting) if (calls >= waiter.calls) waiter.resolve()
    }
  }
  const workers = Array.from({ length: 4 }, () =>
    work().catch((error: unknown) => assert.match(String(error), /fetch failed|terminated/)),
  )
  return {
    reached: count => new Promise(resolve => waiting.push({ calls: count, resolve })),
    async stop() {
      await Promise.all(workers)
      return { tokens, guids }
    },
  }
}

async function deployed(tenant: Tenant): Promise<void> {
  for (;;) {
    const answer = await tenant.administer('GET', "/api/v1/IntegrationRuntimeArtifacts('hello')")
    if (answer.text.includes('"STARTED"')) return
  }
}
