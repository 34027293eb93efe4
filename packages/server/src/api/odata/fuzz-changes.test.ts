import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { entitySets } from './index.ts'
import { batchesOf } from './testing/fuzz-batches.ts'
import { type FuzzRequest, requestsTo } from './testing/fuzz-requests.ts'
import { countRows, FuzzWatch, fillTenant, fuzzSeed as seed } from './testing/fuzz-watch.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

/*
 * 40,000 of the 100,000 cases of the fuzz run: 20,000 batches, 18,000 requests with any method and body, through the whole
 * stack, and 2,000 of these as bytes over a socket. What they may not change is still there afterwards.
 */

const users = fc.constantFrom('everybody', 'everybody', 'partners', 'developer', 'reader')

/** Making a key takes longer than a case may, and that is nothing to find here. */
const changed = entitySets.filter(({ set }) => !set.name.endsWith('GenerationRequests'))

const requests = fc.constantFrom(...changed).chain(requestsTo)

async function sendBytes(port: number, text: string): Promise<{ status: number; text: string }> {
  const socket = connect(port, '127.0.0.1')
  // The server takes the end of what is sent for the end of interest in the answer.
  socket.write(text)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  const answer = Buffer.concat(chunks).toString('latin1')
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]), text: answer }
}

function asBytes({ method, url, headers, body }: FuzzRequest, user: string): string {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const path = url.replace(/[^\x21-\x7e]/gu, piece => encodeURIComponent(piece.toWellFormed()))
  return (
    `${method} /api/v1/${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${user}\r\n` +
    `${fields.join('')}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  )
}

async function keepsItsWord(service: TestService, run: () => Promise<FuzzWatch>): Promise<string> {
  const tables = Object.keys(countRows(service))
  const watch = await run()
  assert.deepEqual(Object.keys(countRows(service)), tables)
  const { status } = await service.call('GET', 'NumberRanges', { headers: { authorization: 'Bearer everybody' } })
  assert.equal(status, 200, 'the service answers afterwards')
  return watch.report()
}

test(`20,000 batches and 20,000 requests are answered below 500 (seed ${seed})`, async context => {
  const service = await startTestService()
  try {
    await fillTenant(service)
    const send = (request: FuzzRequest, user: string) =>
      service.call(request.method, request.url, {
        headers: { authorization: `Bearer ${user}`, ...request.headers },
        body: request.body,
      })
    const batches = await keepsItsWord(service, async () => {
      const watch = new FuzzWatch()
      await fc.assert(
        fc.asyncProperty(batchesOf(requests), users, ({ contentType, body }, user) => {
          const batch = { method: 'POST', url: '$batch', headers: { 'content-type': contentType }, body }
          return watch.see(`$batch by ${user}: ${JSON.stringify(batch)}`, () => send(batch, user))
        }),
        { seed, numRuns: 20_000 },
      )
      return watch
    })
    context.diagnostic(`batches: ${batches}`)
    const single = await keepsItsWord(service, async () => {
      const watch = new FuzzWatch()
      await fc.assert(
        fc.asyncProperty(requests, users, (request, user) =>
          watch.see(`${JSON.stringify(request)} by ${user}`, () => send(request, user)),
        ),
        { seed, numRuns: 18_000 },
      )
      return watch
    })
    context.diagnostic(`requests: ${single}`)
    const port = await service.listen()
    const bytes = await keepsItsWord(service, async () => {
      const watch = new FuzzWatch()
      await fc.assert(
        fc.asyncProperty(requests, users, (request, user) => {
          const text = asBytes(request, user)
          return watch.see(`${JSON.stringify(text)} over a socket`, () => sendBytes(port, text))
        }),
        { seed: seed + 1, numRuns: 2_000 },
      )
      return watch
    })
    context.diagnostic(`over a socket: ${bytes}`)
  } finally {
    await service.close()
  }
})
