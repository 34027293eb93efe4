import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { selfSigned } from '@sluice/server/testing'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { TestTerminal } from '../src/testing/index.ts'
import { Tenant } from './tenant.ts'

let tenant: Tenant
let metadata: string

before(async () => {
  tenant = await Tenant.start()
  metadata = join(tenant.server.dataDirectory, 'metadata.xml')
  const certificate = selfSigned.cert.replace(/-----.*-----/g, '')
  await writeFile(
    metadata,
    `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example"><IDPSSODescriptor><KeyDescriptor><X509Certificate xmlns="http://www.w3.org/2000/09/xmldsig#">${certificate}</X509Certificate></KeyDescriptor></IDPSSODescriptor></EntityDescriptor>`,
  )
  await tenant.administer('POST', '/authorization/v1/accounts/dev/groups', { groups: [{ name: 'Staff' }] })
})

after(() => tenant.close())

async function run(line: readonly string[], input = '') {
  const { url, admin } = tenant.server
  const terminal = new TestTerminal({ SLUICE_URL: url, SLUICE_ADMIN_PASSWORD: admin.password }, input)
  const words = line.map(word => (word === 'METADATA' ? metadata : word))
  const code = await runLine(commands, ['identity-provider', ...words], terminal)
  return { code, out: terminal.printed, err: terminal.printedErrors }
}

async function shown(name: string) {
  const { text } = await tenant.administer('GET', `/api/identity/v1/identity-providers/${encodeURIComponent(name)}`)
  return JSON.parse(text)
}

test('registers a SAML provider by its metadata', async () => {
  const more = ['--prefix', 'erp-', '--default-group', 'Staff', '--user-id-attribute', 'mail']
  assert.deepEqual(await run(['create', 'ERP 1', '--metadata', 'METADATA', ...more]), {
    ...{ code: 0, out: 'Trusting ERP 1.\n', err: '' },
  })
  const { saml, userIdPrefix, defaultGroups } = await shown('ERP 1')
  assert.deepEqual(
    [saml.issuer, saml.userIdAttribute, userIdPrefix, defaultGroups],
    ['https://idp.example', 'mail', 'erp-', ['Staff']],
  )
})

test('registers an OpenID provider, whose secret is read from a file, and says what to do there', async () => {
  const line = ['create', 'corporate', '--issuer', 'https://login.example', '--client', 'sluice']
  const { code, err } = await run([...line, '--secret', '@-', '--user-name-claim', 'mail'], 'not to be seen\n')
  const { oidc, redirectUri } = await shown('corporate')
  assert.deepEqual([code, err], [0, `Next: register the redirect URI ${redirectUri} at the provider\n`])
  assert.deepEqual([oidc.clientId, oidc.userNameClaim], ['sluice', 'mail'])
})

test('lists them with what keeps them from vouching', async () => {
  await run(['disable', 'ERP 1'])
  const { out } = await run(['list'])
  const [, ...rows] = out.trimEnd().split('\n')
  assert.deepEqual(
    rows.map(row => row.split(/ {2,}/).map(cell => cell.trim())),
    [
      ['corporate', 'oidc', 'enabled', 'https://login.example', '-'],
      ['ERP 1', 'saml', 'disabled', 'https://idp.example', '2126-10-29T14:21:12.000Z'],
    ],
  )
})

test('disables and enables one, and nothing else about it changes', async () => {
  for (const name of ['corporate', 'ERP 1']) {
    const { modifiedAt: _, ...before } = await shown(name)
    assert.deepEqual(await run(['disable', name]), { code: 0, out: `Disabled identity provider ${name}.\n`, err: '' })
    const { modifiedAt: __, ...disabled } = await shown(name)
    assert.deepEqual(disabled, { ...before, enabled: false })
    assert.deepEqual(await run(['enable', name]), { code: 0, out: `Enabled identity provider ${name}.\n`, err: '' })
    assert.equal((await shown(name)).enabled, true)
  }
})

const refused: readonly (readonly [line: readonly string[], code: number, problem: RegExp])[] = [
  [['create', 'a'], 2, /Expected either --metadata \(SAML\) or --issuer/],
  [['create', 'a', '--metadata', 'METADATA', '--issuer', 'https://a.example'], 2, /Expected either --metadata/],
  [['create', 'a', '--metadata', 'METADATA', '--client', 'b'], 2, /Expected --client only with --issuer/],
  [['create', 'a', '--issuer', 'https://a.example', '--user-id-attribute', 'b'], 2, /only with --metadata/],
  [['create', 'a', '--issuer', 'https://a.example'], 2, /Expected --client with --issuer/],
  [['create', 'a', '--issuer', 'http://a.example', '--client', 'b'], 1, /"oidc.issuer" to be an https URL/],
  [['create', 'a', '--metadata', '/no/such/file'], 1, /Expected a readable file/],
  [['create', 'erp 1', '--metadata', 'METADATA'], 1, /Expected an unused name/],
  [['create', 'a', '--metadata', 'METADATA', '--default-group', 'None'], 1, /Expected the name of a group/],
  [['disable', 'nobody'], 1, /Expected the name of an identity provider, found "nobody"/],
  [['delete', 'nobody'], 1, /Expected the name of an identity provider, found "nobody"/],
]

for (const [line, code, problem] of refused) {
  test(`is told what is wrong with: ${line.join(' ')}`, async () => {
    const answer = await run(line)
    assert.equal(answer.code, code, answer.err)
    assert.match(answer.err, problem)
  })
}

test('deletes one', async () => {
  assert.deepEqual(await run(['delete', 'corporate']), {
    ...{ code: 0, out: 'Deleted identity provider corporate.\n', err: '' },
  })
  assert.equal((await shown('corporate')).code, 'unknown-identity-provider')
})
