import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { Failure, type KeyPair } from '@sluice/iflow'
import { readCertificate } from '../keystore/certificate.ts'
import { readKeyPair } from '../keystore/read-key-pair.ts'
import { generateSelfSigned } from '../keystore/self-signed.ts'
import { flowsKeyPem, flowsPem, issuingPem, rootPem } from '../keystore/testing/example-material.ts'
import type { KeystoreEntry } from '../store/store.ts'
import { OutgoingHttp } from './http-client.ts'
import type { KeystoreSource } from './tls-agents.ts'

const flows = readKeyPair(Buffer.from(flowsKeyPem + flowsPem + issuingPem), '')
const root = readCertificate(Buffer.from(rootPem))

/** A keystore of key pairs, and of certificates that are trusted. */
function keystoreOf(content: Readonly<Record<string, KeyPair | Uint8Array>>): KeystoreSource {
  const audit = { createdBy: '', createdAt: 0, modifiedBy: '', modifiedAt: 0 }
  return {
    list: async () =>
      Object.entries(content).map(
        ([alias, found]): KeystoreEntry =>
          found instanceof Uint8Array
            ? { alias, kind: 'certificate', certificates: [found], ...audit }
            : { alias, kind: 'key-pair', certificates: found.certificates, ...audit },
      ),
    async keyPair(alias) {
      const found = Object.entries(content).find(([name]) => name.toLowerCase() === alias)?.[1]
      return found instanceof Uint8Array ? undefined : found
    },
  }
}

let server: Server
let url: string
let release = () => {}
before(async () => {
  // Tells who the client is, and has those in who show a certificate of the root's; `/anybody` asks for none.
  server = createServer(
    { key: flowsKeyPem, cert: flowsPem + issuingPem, ca: [rootPem], requestCert: true, rejectUnauthorized: false },
    async (request, response) => {
      const socket = request.socket as TLSSocket
      if (request.url === '/waits') {
        await new Promise<void>(resolve => {
          release = resolve
        })
      }
      const status = socket.authorized || request.url === '/anybody' ? 200 : 403
      response.writeHead(status).end(socket.getPeerCertificate().subject?.CN ?? 'nobody')
    },
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

const clock = { now: () => Date.UTC(2026, 0) }
const limits = { bodyBytesMax: 1_000_000, connectionsMax: 4 }

async function send(client: OutgoingHttp, privateKeyAlias?: string, path = '/'): Promise<string> {
  const call = { method: 'GET', url: `${url}${path}`, headers: [], body: undefined, timeoutMs: 10_000, privateKeyAlias }
  try {
    const { status, body } = await client.send(call)
    return `${status} ${Buffer.from(body)}`
  } catch (error) {
    assert.ok(error instanceof Failure, String(error))
    return `${error.code}: ${error.message}`
  }
}

interface Case {
  readonly name: string
  readonly keystore: Readonly<Record<string, KeyPair | Uint8Array>>
  readonly alias?: string
  readonly path?: string
  readonly outcome: RegExp
}

const cases: readonly Case[] = [
  { name: 'without trust there is no connection', keystore: {}, outcome: /^connection: .*certificate/ },
  { name: 'the keystore’s authority is trusted', keystore: { root }, path: '/anybody', outcome: /^200 nobody$/ },
  {
    name: 'a certificate of the keystore is trusted itself',
    keystore: { flows: flows.certificates[0] as Uint8Array },
    path: '/anybody',
    outcome: /^200 nobody$/,
  },
  { name: 'a key pair is not shown unasked', keystore: { root, flows }, outcome: /^403 nobody$/ },
  {
    name: 'a key pair is shown by its alias',
    keystore: { root, Flows: flows },
    alias: 'FLOWS',
    outcome: /^200 flows$/,
  },
  { name: 'the only key pair needs no alias', keystore: { root, flows }, alias: '', outcome: /^200 flows$/ },
  {
    name: 'of several one must be named',
    keystore: { root, a: flows, b: flows },
    alias: '',
    outcome: /^credential: Expected one key pair .* found "a", "b"\./,
  },
  { name: 'without a key pair none is shown', keystore: { root }, alias: '', outcome: /^credential: .*found none\./ },
  {
    name: 'a certificate is no key pair',
    keystore: { root },
    alias: 'root',
    outcome: /^credential: Expected a key pair "root" in the keystore, found none: import or generate one/,
  },
]
for (const { name, keystore, alias, path, outcome } of cases) {
  test(name, async () => {
    const client = new OutgoingHttp(limits, keystoreOf(keystore), clock)
    assert.match(await send(client, alias, path), outcome)
    client.close()
  })
}

test('a change of the keystore counts for the next request and cuts none', async () => {
  const content: Record<string, KeyPair | Uint8Array> = { root, flows }
  const client = new OutgoingHttp(limits, keystoreOf(content), clock)
  const arrived = once(server, 'request')
  const underWay = send(client, 'flows', '/waits')
  await arrived
  assert.equal(await send(client, 'flows'), '200 flows')
  delete content.flows
  client.keystoreChanged()
  assert.match(await send(client, 'flows'), /^credential: /)
  release()
  assert.equal(await underWay, '200 flows')
  content.flows = flows
  client.keystoreChanged()
  assert.equal(await send(client, 'flows'), '200 flows', 'what could not be made is made again')
  client.close()
})

test('a key pair that is too weak for TLS fails the call, and says so', async () => {
  const weak = generateSelfSigned({
    key: { type: 'EC', curve: 'prime192v1' },
    hash: 'sha256',
    subject: [['CN', 'weak']],
    validFrom: 0,
    validTo: Date.UTC(2100, 0),
  })
  const client = new OutgoingHttp(limits, keystoreOf({ weak, root }), clock)
  assert.match(
    await send(client, 'weak'),
    /^credential: Expected a key pair "weak" that is strong enough for TLS, .*too small/,
  )
  client.close()
})
