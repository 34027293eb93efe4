import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { after, before, test } from 'node:test'
import { flowText, type NodeSketch } from '@sluice/iflow/testing'
import { artifactZip } from './relay-flow.ts'
import { Tenant } from './tenant.ts'

const orders = `<orders>${`<order><item>é${'-'.repeat(1_000)}</item></order>`.repeat(12_000)}</orders>`
const bytes = Buffer.from(orders)

let tenant: Tenant
let token: string

before(async () => {
  tenant = await Tenant.start()
  await tenant.createClient({ id: 'large' })
  await tenant.assign('large')
  token = await tenant.token('large')
  const count: NodeSketch = {
    id: 'Count',
    type: 'Enricher',
    properties: { bodyType: 'expression', wrapContent: '${header.CamelHttpMethod}' },
  }
  const split = { exprType: 'XPath', splitExprValue: '/orders/order', grouping: '5000' }
  const gather = { aggregationAlgorithm: 'concatenate-strategy' }
  await deploy('same', [])
  await deploy('split', [
    { id: 'Split', type: 'Camel', properties: split },
    count,
    { id: 'Gather', type: 'Gather', properties: gather },
  ])
})
after(() => tenant.close())

async function deploy(id: string, steps: readonly NodeSketch[]): Promise<void> {
  const nodes = [{ id: 'Start', type: 'MessageStartEvent' }, ...steps, { id: 'End', type: 'MessageEndEvent' }]
  const flows = nodes.slice(1).map(({ id: to }, index) => ({ from: nodes[index]?.id ?? '', to }))
  const properties = { ComponentType: 'HTTPS', urlPath: `/${id}`, xsrfProtection: '0', maximumBodySize: '20' }
  const channels = [{ step: 'Start', direction: 'Sender' as const, properties }]
  const { status } = await tenant.deploy(
    await artifactZip(id, flowText({ processes: [{ id: 'Main', nodes, flows }], channels })),
    id,
  )
  assert.equal(status, 'SUCCESS')
}

/** Sends without saying how long the body is, where no length is given. */
function send(id: string, body: Iterable<Buffer>, length?: number): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, ...(length !== undefined && { 'content-length': length }) }
    const call = request(`${tenant.server.url}/http/${id}`, { method: 'POST', headers }, async response => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) })
    })
    call.on('error', reject)
    pipeline(Readable.from(body), call).catch(reject)
  })
}

function* pieces(): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += 100_000) yield bytes.subarray(start, start + 100_000)
}

for (const length of [bytes.length, undefined]) {
  const kind = length === undefined ? 'that comes in chunks' : 'of a known length'
  test(`a body of many MB ${kind} passes a flow byte by byte`, async () => {
    const { status, body } = await send('same', pieces(), length)
    assert.equal(status, 200)
    assert.ok(body.equals(bytes), `found ${body.length} bytes, expected ${bytes.length}`)
  })
}

test('a body of many MB is split where it lies', async () => {
  const { status, body } = await send('split', pieces(), bytes.length)
  assert.deepEqual([status, body.toString()], [200, 'POSTPOSTPOST'])
})

test('a body that turns out to be larger than the channel allows is refused', async () => {
  const { status } = await send('same', [...pieces(), ...pieces()])
  assert.equal(status, 413)
})

test('nothing of the bodies is left behind', async () => {
  const files = await readdir(tenant.server.dataDirectory)
  assert.deepEqual(
    files.filter(name => name.startsWith('body-')),
    [],
  )
})
