import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { flowText, SeededRandom } from '@sluice/iflow/testing'
import { writeArchive } from '../src/runtime/archive.ts'
import { startProcess } from './server-process.ts'
import { ok, Tenant } from './tenant.ts'

/** The full run: `SLUICE_QUEUE_MESSAGES=10000 npm test -- queue-crash`. */
const messages = Number(process.env.SLUICE_QUEUE_MESSAGES ?? 1_000)
const kills = Math.max(3, Math.ceil(messages / 1_000))
const seed = Number(process.env.SLUICE_SEED ?? Date.now() % 1_000_000)
const workers = 16

type Texts = Readonly<Record<string, string>>

const isPoison = (id: string) => Number(id) % 50 === 7

test(`kill -9 loses no message of a queue (${messages} messages, ${kills} kills, seed ${seed})`, async t => {
  const data = await mkdtemp(join(tmpdir(), 'sluice-queue-crash-'))
  const sink = await startSink()
  const start = () => startProcess(data, { SLUICE_QUEUE_RETRIES_MAX: '2' })
  let server = await start()
  try {
    let tenant = new Tenant(server.described)
    await tenant.createClient({ id: 'hello' })
    await tenant.assign('hello')
    const token = await tenant.token('hello')
    await deployAll(tenant, sink.address)

    const random = new SeededRandom(seed)
    const killAt = Array.from({ length: kills }, () => random.below(messages)).sort((a, b) => a - b)
    const accepted = new Set<string>()
    let restarting: Promise<void> | undefined
    const restart = async () => {
      server.process.kill('SIGKILL')
      await once(server.process, 'exit')
      server = await start()
      tenant = new Tenant(server.described)
    }
    let next = 0
    const work = async () => {
      for (let id = next++; id < messages; id = next++) {
        while ((killAt[0] ?? messages) <= id) {
          killAt.shift()
          restarting = (restarting ?? Promise.resolve()).then(restart)
        }
        await restarting
        const answer = await tenant.call('/in', token, { body: String(id) }).catch(() => undefined)
        if (answer === undefined) continue
        assert.ok(answer.status === 200 || answer.status === 204, `${answer.status} ${answer.text}`)
        accepted.add(String(id))
      }
    }
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: workers }, work))
    await restarting
    const sentAt = performance.now()
    await untilOnlyDeadLetters(tenant)
    const doneAt = performance.now()

    const lost = [...accepted].filter(id => !sink.received.has(id))
    assert.deepEqual(lost, [], 'accepted and never processed')
    const blocked = await move(tenant, 'Work', 'Dead')
    while ((await queue(tenant, 'Dead')).NumbOfMsgs !== 0);
    const poison = [...sink.received.keys()].filter(isPoison)
    assert.deepEqual([...sink.dead].sort(), poison.sort())
    assert.equal(Number(blocked), poison.length)
    const twice = [...sink.received].filter(([id, count]) => count > 1 && !isPoison(id)).length
    t.diagnostic(
      `${accepted.size} accepted in ${Math.round(sentAt - startedAt)} ms with ${kills} kills, drained in ` +
        `${Math.round(doneAt - sentAt)} ms; ${poison.length} dead letters, ${twice} processed more than once`,
    )
  } finally {
    server.process.kill('SIGKILL')
    sink.close()
    await rm(data, { recursive: true, force: true })
  }
})

/** The other system: refuses some messages for ever. */
async function startSink() {
  const received = new Map<string, number>()
  const dead = new Set<string>()
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (request.url === '/dead') dead.add(body)
    else received.set(body, (received.get(body) ?? 0) + 1)
    response.writeHead(request.url !== '/dead' && isPoison(body) ? 500 : 200).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { received, dead, close, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Retries what has failed, until everything is processed or blocked. */
async function untilOnlyDeadLetters(tenant: Tenant): Promise<void> {
  for (;;) {
    const { NumbOfMsgs } = await queue(tenant, 'Work')
    const path = "/api/v1/Queues('Work')/Messages/$count?$filter=Failed eq true and NextRetry eq null"
    if (NumbOfMsgs === Number(ok(await tenant.administer('GET', path)).text)) return
    const failed = await read<{ results: { Msgid: string }[] }>(
      tenant,
      "Queues('Work')/Messages?$filter=Failed eq true and NextRetry ne null&$top=1000",
    )
    for (const { Msgid } of failed.results) {
      await tenant.administer('POST', `/api/v1/RetryJmsMessages?Queue='Work'&Msgid='${Msgid}'`)
    }
  }
}

async function queue(tenant: Tenant, name: string): Promise<{ NumbOfMsgs: number }> {
  return read(tenant, `Queues('${name}')`)
}

async function read<T>(tenant: Tenant, path: string): Promise<T> {
  return (JSON.parse(ok(await tenant.administer('GET', `/api/v1/${path}`)).text) as { d: T }).d
}

async function move(tenant: Tenant, from: string, to: string): Promise<string> {
  return ok(await tenant.administer('POST', `/api/v1/MoveJmsMessages?Queue='${from}'&Target='${to}'`)).text
}

async function deployAll(tenant: Tenant, sink: string): Promise<void> {
  const http = { ComponentType: 'HTTP', httpMethod: 'POST', authenticationMethod: 'None', allowedRequestHeaders: '' }
  const jms = { ComponentType: 'JMS', NumberConcurrentProcesses: '5' }
  const flows: readonly [id: string, sender: Texts, receiver: Texts][] = [
    [
      'in',
      { ComponentType: 'HTTPS', urlPath: '/in', xsrfProtection: '0' },
      { ComponentType: 'JMS', QueueName_outbound: 'Work' },
    ],
    ['out', { ...jms, QueueName_inbound: 'Work' }, { ...http, httpAddressWithoutQuery: `${sink}/work` }],
    ['dead', { ...jms, QueueName_inbound: 'Dead' }, { ...http, httpAddressWithoutQuery: `${sink}/dead` }],
  ]
  for (const [id, sender, receiver] of flows) {
    await tenant.deploy(await relay(id, sender, receiver), id)
    for (;;) {
      const { text } = await tenant.administer('GET', `/api/v1/IntegrationRuntimeArtifacts('${id}')`)
      assert.ok(!text.includes('"ERROR"'), text)
      if (text.includes('"STARTED"')) break
    }
  }
}

async function relay(id: string, sender: Texts, receiver: Texts): Promise<Uint8Array> {
  const iflw = flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [{ from: 'Start', to: 'End' }],
      },
    ],
    channels: [
      { step: 'Start', direction: 'Sender', properties: sender },
      { step: 'End', direction: 'Receiver', properties: receiver },
    ],
  })
  const manifest = `Manifest-Version: 1.0\nBundle-SymbolicName: ${id}\nBundle-Name: ${id}\nBundle-Version: 1.0.0\nSAP-BundleType: IntegrationFlow\n`
  return writeArchive(
    new Map([
      ['META-INF/MANIFEST.MF', Buffer.from(manifest)],
      [`src/main/resources/scenarioflows/integrationflow/${id}.iflw`, Buffer.from(iflw)],
    ]),
  )
}
