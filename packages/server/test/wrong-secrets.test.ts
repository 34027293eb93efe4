import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { machineShare } from '../src/testing/machine-share.ts'
import { Pipeline } from './pipeline.ts'
import { type ServerProcess, startProcess } from './server-process.ts'
import { Tenant } from './tenant.ts'

const attempts = 10_000
const connections = 250
/** Of one connection; 5,000 requests under way take half of the memory that the server has. */
const atOnce = 20
/** A server that kept something of each attempt for long would end. */
const limited = { NODE_OPTIONS: '--max-old-space-size=200' }
const path = '/oauth2/api/v1/token?grant_type=client_credentials'
const basic = (secret: string) => `Basic ${btoa(`orders:${secret}`)}`

/** 10,000 different wrong secrets, all from one address; gives how often each status was answered. */
async function attack(port: number): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  const one = async (index: number) => {
    const pipeline = new Pipeline(port)
    for (let first = 0; first < attempts / connections; first += atOnce) {
      const requests = Array.from({ length: atOnce }, (_, number) => {
        const secret = `wrong ${index} ${first + number}`
        const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${basic(secret)}`
        return { method: 'POST', text: `${head}\r\nContent-Length: 0\r\n\r\n` }
      })
      for (const { status } of await pipeline.exchange(requests)) statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    pipeline.close()
  }
  await Promise.all(Array.from({ length: connections }, (_, index) => one(index)))
  return statuses
}

/** Asks with the right secret, one request after the other, until `isOver`; gives how long each took, in milliseconds. */
async function askFrom(localAddress: string, port: number, isOver: () => boolean): Promise<number[]> {
  const agent = new Agent({ keepAlive: true })
  const taken: number[] = []
  while (!isOver()) {
    const started = performance.now()
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { authorization: basic('right') }
      const options = { host: '127.0.0.1', port, path, method: 'POST', headers, agent, localAddress }
      const sent = request(options, response => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0))
      })
      sent.on('error', reject).end()
    })
    assert.equal(status, 200, `from ${localAddress}`)
    taken.push(performance.now() - started)
  }
  agent.destroy()
  return taken
}

function residentMegabytes({ process: child }: ServerProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'latin1')
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) / 1024
}

const percentile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN

test('10,000 wrong secrets keep nobody out who has the right one, not even from the same address', async context => {
  const data = await mkdtemp(join(tmpdir(), 'sluice-wrong-secrets-'))
  let server = await startProcess(data)
  try {
    await new Tenant(server.described).createClient({ id: 'orders', secret: 'right' })
    server.process.kill('SIGKILL')
    await once(server.process, 'exit')
    // After a start nobody has used the client yet, so that wrong secrets cost slow hashes, too.
    server = await startProcess(data, limited)
    const port = Number(new URL(server.described.url).port)
    let isOver = false
    const asked = ['127.0.0.1', '127.0.0.2'].map(address => askFrom(address, port, () => isOver))
    const statuses = await attack(port)
    isOver = true
    const [same = [], other = []] = await Promise.all(asked)
    const resident = residentMegabytes(server)
    for (const [where, taken] of [
      ['same address', same],
      ['other address', other],
    ] as const) {
      const [p50, p99, max] = [0.5, 0.99, 1].map(share => percentile(taken, share).toFixed(0))
      context.diagnostic(`${where}: ${taken.length} right requests, p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms`)
      assert.ok(taken.length > 10, `${taken.length} requests`)
      // How busy the machine is with other things does not count.
      assert.ok(Math.max(...taken) * machineShare() < 10_000, `longest ${max} ms`)
    }
    context.diagnostic(
      `wrong: ${[...statuses].map(pair => pair.join(': ')).join(', ')}; ${resident.toFixed(0)} MB resident`,
    )
    assert.ok([...statuses.keys()].every(status => status === 401 || status === 429))
    assert.ok(resident < 600, `${resident} MB resident`)
  } finally {
    server.process.kill('SIGKILL')
    await rm(data, { recursive: true, force: true })
  }
})
