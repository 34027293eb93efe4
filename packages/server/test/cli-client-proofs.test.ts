import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { TestTerminal } from '../src/testing/index.ts'
import { Tenant } from './tenant.ts'

let tenant: Tenant
let keyFile: string

before(async () => {
  tenant = await Tenant.start()
  keyFile = join(tenant.server.dataDirectory, 'key.pem')
  const { publicKey } = generateKeyPairSync('ed25519')
  await writeFile(keyFile, publicKey.export({ type: 'spki', format: 'pem' }))
})

after(() => tenant.close())

async function create(...line: string[]) {
  const { url, admin } = tenant.server
  const terminal = new TestTerminal({ SLUICE_URL: url, SLUICE_ADMIN_PASSWORD: admin.password }, '')
  const code = await runLine(commands, ['client', 'create', ...line], terminal)
  return { code, out: terminal.printed, err: terminal.printedErrors }
}

test('registers a client with a public key, which has no secret', async () => {
  const { code, out, err } = await create('robot', '--id', 'robot', '--public-key', keyFile, '--dpop-bound')
  assert.deepEqual([code, out], [0, 'ID      robot\nUser    oauth_client_robot\n'], err)
  const { text } = await tenant.administer('GET', '/oauth2/api/v1/clients/robot')
  const { tokenEndpointAuthMethod, jwks, dpopBoundAccessTokens } = JSON.parse(text)
  assert.deepEqual(
    [tokenEndpointAuthMethod, jwks.keys[0].crv, dpopBoundAccessTokens],
    ['private_key_jwt', 'Ed25519', true],
  )
})

test('registers a client that acts for users, and names no role to assign', async () => {
  const redirectUri = 'https://portal.example/back'
  const { code, err } = await create(
    'portal',
    '--id',
    'portal',
    '--grant',
    'authorization_code',
    '--redirect-uri',
    redirectUri,
  )
  assert.deepEqual([code, err], [0, ''])
  const { text } = await tenant.administer('GET', '/oauth2/api/v1/clients/portal')
  assert.equal(JSON.parse(text).redirectUri, redirectUri)
})

const refused: readonly (readonly [line: readonly string[], code: number, problem: RegExp])[] = [
  [['a', '--public-key', 'KEY', '--certificate', 'KEY'], 2, /Expected one of --public-key/],
  [['a', '--public-key', '/no/such/file'], 1, /Expected a readable file/],
  [['a', '--certificate-name', 'CN=a'], 2, /Expected --certificate-name as subject-dn=…/],
  [['a', '--certificate-name', 'subject-dn=CN=a'], 1, /only with --tls-client-certificates request/],
  [['a', '--certificate', 'KEY'], 1, /certificate/],
  [['a', '--redirect-uri', 'https://a.example'], 1, /only with the grant authorization_code/],
  [['a', '--platform', '--scope', 'readAuditLogs', '--dpop-bound'], 2, /Expected --dpop-bound only without --platform/],
  [['a', '--platform', '--scope', 'readAuditLogs', '--id', 'a'], 2, /Expected --id only without --platform/],
  [['a', '--scope', 'readAuditLogs'], 2, /Expected --scope only with --platform/],
  [['a', '--require-par'], 1, /only with the grant authorization_code/],
]

for (const [line, code, problem] of refused) {
  test(`is told what is wrong with: ${line.join(' ')}`, async () => {
    const answer = await create(...line.map(word => (word === 'KEY' ? keyFile : word)))
    assert.equal(answer.code, code, answer.err)
    assert.match(answer.err, problem)
  })
}
