import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import type { ToolResult } from '../clients/odata-mcp-proxy.ts'
import { jsonOf, rowsOf } from '../wire.ts'
import { deployFlow, order } from './runtime.ts'

/** Step 27: credentials, number ranges and the keystore. */
export function securitySteps(run: AcceptanceRun): void {
  test('27: contiva creates, reads and changes user credentials, whose password is never told', async () => {
    const { securityContent } = run.contiva
    const credential = { Name: 'AccPartner', Kind: 'default', Description: 'Partner', User: 'ada', Password: 'first' }
    await securityContent.createUserCredential(credential)
    const created = await securityContent.getUserCredentialByName('AccPartner')
    assert.deepEqual([created?.User, created?.Kind, created?.Description], ['ada', 'default', 'Partner'])
    assert.equal(created?.Password ?? null, null)
    await securityContent.updateUserCredential('AccPartner', { ...credential, Password: 'second' })
    assert.deepEqual(
      (await securityContent.getUserCredentials()).map(({ Name }) => Name),
      ['AccPartner'],
    )
    await assert.rejects(securityContent.createUserCredential(credential), { statusCode: 409 })
  })

  test('27: a flow calls a partner with the credentials as contiva has changed them', async context => {
    const requests: string[] = []
    const partner = createServer((request, response) => {
      requests.push(request.headers.authorization ?? '')
      request.on('data', (piece: Buffer) => requests.push(piece.toString())).on('end', () => response.end('taken'))
    })
    await new Promise<void>(resolve => partner.listen(0, '127.0.0.1', resolve))
    context.after(() => partner.close())
    const url = `http://127.0.0.1:${(partner.address() as AddressInfo).port}/orders`
    const key =
      "/api/v1/IntegrationDesigntimeArtifacts(Id='AccCredential',Version='active')/$links/Configurations('Partner%20URL')"
    assert.equal((await run.flashPipe.write('PUT', key, { ParameterValue: url })).status, 202)
    await deployFlow(run, 'AccCredential')
    const answer = await run.piper.trigger(`${run.tenant.url}/http/acceptance/forward`, order('4713', 1), 'text/xml')
    assert.deepEqual([answer.status, answer.text], [200, 'taken'])
    assert.deepEqual(requests, [`Basic ${btoa('ada:second')}`, order('4713', 1)])
  })

  test('27: an agent creates, reads, changes and deletes OAuth credentials by way of odata-mcp-proxy', async () => {
    const { proxy } = run
    const body = {
      Name: 'AccOAuth',
      Description: 'Partner',
      TokenServiceUrl: 'https://partner.example/oauth/token',
      ClientId: 'sluice',
      ClientSecret: 'hidden',
      ClientAuthentication: 'header',
      ScopeContentType: 'urlencoded',
    }
    contentOf(await proxy.call('OAuth2ClientCredentials_create', { body }))
    const path = "('AccOAuth')"
    const { d } = contentOf(await proxy.call('OAuth2ClientCredentials_get', { path })) as { d: Record<string, unknown> }
    const { Name, TokenServiceUrl, ClientId, ClientSecret } = d
    assert.deepEqual(
      [Name, TokenServiceUrl, ClientId, ClientSecret],
      ['AccOAuth', body.TokenServiceUrl, 'sluice', null],
    )
    contentOf(await proxy.call('OAuth2ClientCredentials_update', { path, body: { ClientId: 'sluice-2' } }))
    const listed = contentOf(
      await proxy.call('OAuth2ClientCredentials_list', { path: "?$filter=ClientId eq 'sluice-2'" }),
    )
    assert.equal((listed as { d: { results: unknown[] } }).d.results.length, 1)
    contentOf(await proxy.call('OAuth2ClientCredentials_delete', { path }))
    const gone = await proxy.call('OAuth2ClientCredentials_get', { path })
    assert.equal(gone.isError, true)
    assert.match(gone.content[0]?.text ?? '', /404|Not Found|found none/)
  })

  test('27: contiva creates, reads, changes and deletes a number range, whose numbers are strings', async () => {
    const { messageStore } = run.contiva
    const range = {
      Name: 'AccInvoices',
      Description: 'Invoices',
      MinValue: '1',
      MaxValue: '999',
      Rotate: 'true',
      CurrentValue: '7',
      FieldLength: '4',
    }
    await messageStore.createNumberRange(range)
    const created = await messageStore.getNumberRangeByName('AccInvoices')
    for (const [name, value] of Object.entries(range)) assert.equal(Reflect.get(created ?? {}, name), value, name)
    await messageStore.updateNumberRange('AccInvoices', { ...range, CurrentValue: '8' })
    assert.deepEqual(
      (await messageStore.getNumberRanges()).map(({ CurrentValue }) => CurrentValue),
      ['8'],
    )
    await messageStore.deleteNumberRange('AccInvoices')
    assert.deepEqual(await messageStore.getNumberRanges(), [])
  })

  test('27: CPI Helper lists the key pair that contiva has generated', async () => {
    const hexalias = Buffer.from('acc key').toString('hex').toUpperCase()
    await run.contiva.securityContent.generateKeyPair({
      Hexalias: hexalias,
      Alias: 'acc key',
      KeyType: 'RSA',
      KeySize: 2048,
      SignatureAlgorithm: 'SHA-256/RSA',
      CommonName: 'acceptance',
    } as never)
    const [entry, ...others] = rowsOf<Record<string, unknown>>(await run.cpiHelper.getJson('/api/v1/KeystoreEntries'))
    assert.equal(others.length, 0)
    assert.deepEqual(
      [entry?.Hexalias, entry?.Alias, entry?.KeyType, entry?.KeySize],
      [hexalias, 'acc key', 'RSA', 2048],
    )
    const single = await run.cpiHelper.getJson(`/api/v1/KeystoreEntries('${hexalias}')`)
    assert.match(String(jsonOf<Record<string, unknown>>(single).SubjectDN), /CN=acceptance/)
    const certificate = await run.cpiHelper.get(`/api/v1/KeystoreEntries('${hexalias}')/Certificate/$value`)
    assert.match(certificate.text, /^-----BEGIN CERTIFICATE-----/)
    assert.equal((await run.flashPipe.write('DELETE', `/api/v1/KeystoreEntries('${hexalias}')`)).status, 202)
  })
}

function contentOf(result: ToolResult): unknown {
  assert.equal(result.isError, undefined, result.content[0]?.text)
  return JSON.parse(result.content[0]?.text ?? '')
}
