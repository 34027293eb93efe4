import { connect } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { type FuzzRequest, fuzzChanges, fuzzUsers } from './fuzzed-requests.test.ts'
import { FuzzWatch, fillTenant, keepsItsTables, fuzzSeed as seed } from './testing/fuzz-watch.ts'
import { startTestService } from './testing/test-service.ts'

// Part of the fuzz run (`fuzz-filters.test.ts`): any method, header and body, 2,000 of them as bytes over a socket.

test(`22,000 requests are answered below 500 (seed ${seed})`, async context => {
  const service = await startTestService()
  try {
    await fillTenant(service)
    const injected = new FuzzWatch()
    await keepsItsTables(service, () =>
      fc.assert(
        fc.asyncProperty(fuzzChanges, fuzzUsers, ({ method, url, headers, body }, user) =>
          injected.see(`${method} ${url} ${JSON.stringify({ headers, body })} by ${user}`, () =>
            service.call(method, url, { headers: { authorization: `Bearer ${user}`, ...headers }, body }),
          ),
        ),
        { seed, numRuns: 20_000 },
      ),
    )
    context.diagnostic(`requests: ${injected.report()}`)
    const port = await service.listen()
    const sent = new FuzzWatch()
    await keepsItsTables(service, () =>
      fc.assert(
        fc.asyncProperty(fuzzChanges, fuzzUsers, (request, user) => {
          const text = asBytes(request, user)
          return sent.see(`${JSON.stringify(text)} over a socket`, () => sendBytes(port, text))
        }),
        { seed: seed + 1, numRuns: 2_000 },
      ),
    )
    context.diagnostic(`over a socket: ${sent.report()}`)
  } finally {
    await service.close()
  }
})

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
