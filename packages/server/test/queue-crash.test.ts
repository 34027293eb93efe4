import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { flowText, SeededRandom } from '@sluice/iflow/testing'
import { artifactZip } from './relay-flow.ts'
import { type ServerProcess, startProcess } from './server-process.ts'
import { ok, Tenant } from './tenant.ts'

/**
 * The full run, which takes longer than `npm test` waits for a file; `SLUICE_SEED` repeats one:
 * `SLUICE_QUEUE_MESSAGES=10000 npx node --test packages/server/test/queue-crash.test.ts`
 */
const messages = Number(process.env.SLUICE_QUEUE_MESSAGES ?? 500)
const kills = Math.max(3, Math.ceil(messages / 1_000))
const seed = Number(process.env.SLUICE_SEED ?? Date.now() % 1_000_000)
const workers = 16
/** Messages that every server gets through before it is killed, so that none dies three times with the same one. */
const breath = 60

type Texts = Readonly<Record<string, string>>

const isPoison = (id: string) => Number(id) % 50 === 7

test(`kill -9 loses no message of a queue (${messages} messages, ${kills} kills, seed ${seed})`, async t => {
  const data = await mkdtemp(join(tmpdir(), 'sluice-queue-crash-'))
  const victim = new Victim(data)
  const sink = await startSink(() => victim.strike())
  try {
    const tenant = await victim.start()
    await tenant.createClient({ id: 'hello' })
    await tenant.assign('hello')
    const token = await tenant.token('hello')
    await deployAll(tenant, sink.address)

    const accepted: string[] = []
    let next = 0
    const work = async () => {
      for (let id = next++; id < messages; id = next++) {
        victim.strike()
        const server = await victim.tenant()
        const answer = await server.call('/in', token, { body: String(id) }).catch(() => undefined)
        if (answer === undefined) continue
        assert.ok(answer.status === 200 || answer.status === 204, `${answer.status} ${answer.text}`)
        accepted.push(String(id))
      }
    }
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: workers }, work))
    const sentAt = performance.now()
    await untilOnlyDeadLetters(victim)
    const doneAt = performance.now()

    assert.equal(victim.left, 0, 'kills that did not happen')
    const missing = accepted.filter(id => !sink.work.has(id) || (!isPoison(id) && !sink.done.has(id)))
    assert.deepEqual(missing, [], 'accepted and never processed')
    assert.deepEqual([...sink.done.keys()].filter(isPoison), [], 'put by a process that failed')
    const poison = [...sink.work.keys()].filter(isPoison).sort()
    assert.deepEqual(
      poison.filter(id => (sink.work.get(id) ?? 0) < 3),
      [],
      'given up before their retries',
    )
    const survivor = await victim.tenant()
    assert.equal(Number(await move(survivor, 'Work', 'Dead')), poison.length)
    while ((await entriesOf(survivor, 'Dead')) !== 0);
    assert.deepEqual([...sink.dead.keys()].sort(), poison)
    const twice = [...sink.done.values()].filter(count => count > 1).length
    t.diagnostic(
      `${accepted.length} accepted in ${Math.round(sentAt - startedAt)} ms, drained in ${Math.round(doneAt - sentAt)} ms; ` +
        `${poison.length} dead letters, ${twice} processed more than once`,
    )
  } finally {
    victim.end()
    sink.close()
    await rm(data, { recursive: true, force: true })
  }
})

/** The server, killed at random moments: each is so many messages sent to it or received from it after the one before. */
class Victim {
  readonly #data: string
  readonly #waits: number[]
  #server: ServerProcess | undefined
  #starting: Promise<Tenant> | undefined
  #count = 0

  constructor(data: string) {
    this.#data = data
    const random = new SeededRandom(seed)
    const most = Math.floor((2.5 * messages) / kills) - breath
    this.#waits = Array.from({ length: kills }, () => breath + random.below(most))
  }

  /** Kills to come. */
  get left(): number {
    return this.#waits.length
  }

  start(): Promise<Tenant> {
    this.#starting = this.#start()
    return this.#starting
  }

  /** The server that lives, or the next one. */
  async tenant(): Promise<Tenant> {
    return this.#starting ?? this.start()
  }

  /** One more message came or went. */
  strike(): void {
    this.#count += 1
    if (this.#count < (this.#waits[0] ?? Number.POSITIVE_INFINITY)) return
    this.#waits.shift()
    this.#count = 0
    this.#starting = this.#restart()
  }

  end(): void {
    this.#server?.process.kill('SIGKILL')
  }

  async #restart(): Promise<Tenant> {
    await this.#starting
    this.#server?.process.kill('SIGKILL')
    if (this.#server) await once(this.#server.process, 'exit')
    return this.#start()
  }

  async #start(): Promise<Tenant> {
    this.#server = await startProcess(this.#data, { SLUICE_QUEUE_RETRIES_MAX: '2' })
    return new Tenant(this.#server.described)
  }
}

/** The other system: refuses some messages for ever. Counts what came, by path. */
async function startSink(onMessage: () => void) {
  const work = new Map<string, number>()
  const done = new Map<string, number>()
  const dead = new Map<string, number>()
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const counts = request.url === '/work' ? work : request.url === '/done' ? done : dead
    counts.set(body, (counts.get(body) ?? 0) + 1)
    onMessage()
    response.writeHead(counts === work && isPoison(body) ? 500 : 200).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { work, done, dead, close, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Retries what has failed, until everything is processed or blocked. Looks closer only when the queue stands still. */
async function untilOnlyDeadLetters(victim: Victim): Promise<void> {
  let last = -1
  for (;;) {
    const server = await victim.tenant()
    try {
      const entries = await entriesOf(server, 'Work')
      if (entries === last && (await hasOnlyDeadLetters(server))) return
      last = entries
    } catch (error) {
      assert.match(String(error), /fetch failed|terminated/)
    }
  }
}

async function hasOnlyDeadLetters(tenant: Tenant): Promise<boolean> {
  const entries = await entriesOf(tenant, 'Work')
  const path = "/api/v1/Queues('Work')/Messages/$count?$filter=Failed eq true and NextRetry eq null"
  const blocked = Number(ok(await tenant.administer('GET', path)).text)
  if (entries === blocked && (await entriesOf(tenant, 'Done')) === 0) return true
  const failed = await read<{ results: { Msgid: string }[] }>(
    tenant,
    "Queues('Work')/Messages?$filter=Failed eq true and NextRetry ne null&$top=1000",
  )
  for (const { Msgid } of failed.results) {
    await tenant.administer('POST', `/api/v1/RetryJmsMessages?Queue='Work'&Msgid='${Msgid}'`)
  }
  return false
}

async function entriesOf(tenant: Tenant, queue: string): Promise<number> {
  return Number((await read<{ NumbOfMsgs: string }>(tenant, `Queues('${queue}')`)).NumbOfMsgs)
}

async function read<T>(tenant: Tenant, path: string): Promise<T> {
  return (JSON.parse(ok(await tenant.administer('GET', `/api/v1/${path}`)).text) as { d: T }).d
}

async function move(tenant: Tenant, from: string, to: string): Promise<string> {
  return ok(await tenant.administer('POST', `/api/v1/MoveJmsMessages?Queue='${from}'&Target='${to}'`)).text
}

/** `/in` to queue Work, from there to the other system and, if that takes it, to queue Done, from there to the other system. */
async function deployAll(tenant: Tenant, sink: string): Promise<void> {
  const http = (path: string) => ({
    ComponentType: 'HTTP',
    httpMethod: 'POST',
    authenticationMethod: 'None',
    allowedRequestHeaders: '',
    httpAddressWithoutQuery: `${sink}${path}`,
  })
  const from = (name: string) => ({ ComponentType: 'JMS', NumberConcurrentProcesses: '5', QueueName_inbound: name })
  const to = (name: string) => ({ ComponentType: 'JMS', QueueName_outbound: name })
  const flows: readonly [id: string, sender: Texts, receiver: Texts, first?: Texts][] = [
    ['in', { ComponentType: 'HTTPS', urlPath: '/in', xsrfProtection: '0' }, to('Work')],
    ['work', from('Work'), http('/work'), to('Done')],
    ['done', from('Done'), http('/done')],
    ['dead', from('Dead'), http('/dead')],
  ]
  for (const [id, sender, receiver, first] of flows) {
    await tenant.deploy(await relay(id, sender, receiver, first), id)
    for (;;) {
      const { text } = await tenant.administer('GET', `/api/v1/IntegrationRuntimeArtifacts('${id}')`)
      assert.ok(!text.includes('"ERROR"'), text)
      if (text.includes('"STARTED"')) break
    }
  }
}

/** A flow from a sender to a receiver; what it sends to `first` before counts only when the receiver takes the message. */
async function relay(id: string, sender: Texts, receiver: Texts, first?: Texts): Promise<Uint8Array> {
  const path = first === undefined ? ['Start', 'End'] : ['Start', 'First', 'End']
  const types: Texts = { Start: 'MessageStartEvent', First: 'Send', End: 'MessageEndEvent' }
  const iflw = flowText({
    processes: [
      {
        id: 'Main',
        properties: { transactionalHandling: 'Required JMS' },
        nodes: path.map(step => ({ id: step, type: types[step] ?? '' })),
        flows: path.slice(1).map((to, index) => ({ from: path[index] ?? '', to })),
      },
    ],
    channels: [
      { step: 'Start', direction: 'Sender', properties: sender },
      ...(first === undefined ? [] : [{ step: 'First', direction: 'Receiver' as const, properties: first }]),
      { step: 'End', direction: 'Receiver', properties: receiver },
    ],
  })
  return artifactZip(id, iflw)
}
