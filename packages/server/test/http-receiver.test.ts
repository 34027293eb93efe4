import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { TestTerminal } from '../src/testing/index.ts'
import { relayZip } from './relay-flow.ts'
import { flowZip, ok, Tenant } from './tenant.ts'

type Texts = Readonly<Record<string, string>>

describe('flows that call other systems', () => {
  let tenant: Tenant
  /** The other system: a Sluice of its own, whose flow wants a token. */
  let partner: Tenant
  let token: string
  before(async () => {
    ;[tenant, partner] = await Promise.all([
      Tenant.start({ flags: { 'receiver-body-bytes-max': '65536' } }),
      Tenant.start(),
    ])
    await partner.createClient({ id: 'flows', minutes: 20 })
    await partner.assign('flows')
    const replace = [['<value>constant</value>', '<value>expression</value>']] as const
    await partner.deploy(
      await flowZip({ id: 'greet', address: '/greet', body: 'Hello, ${in.body}!', replace }),
      'greet',
    )
    await tenant.createClient({ id: 'caller' })
    await tenant.assign('caller')
    token = await tenant.token('caller')
  })
  after(async () => {
    await Promise.all([tenant.close(), partner.close()])
  })

  const sluice = async (line: readonly string[], input = '') => {
    const env = { SLUICE_URL: tenant.server.url, SLUICE_ADMIN_PASSWORD: tenant.server.admin.password }
    const terminal = new TestTerminal(env, input)
    return { code: await runLine(commands, line, terminal), out: terminal.printed, err: terminal.printedErrors }
  }
  const deploy = async (id: string, channel: Texts, start = 'HTTPS') =>
    assert.equal((await tenant.deploy(await relayZip(id, start, channel), id)).status, 'SUCCESS')
  const tokensOfPartner = async () =>
    (
      JSON.parse((await partner.administer('GET', '/oauth2/api/v1/tokens?clientId=flows')).text) as {
        tokens: { id: string }[]
      }
    ).tokens
  const oauth = (): Texts => ({
    httpAddressWithoutQuery: `${partner.server.url}/http/greet`,
    authenticationMethod: 'OAuth2 Client Credentials',
    credentialName: 'partner',
  })

  test('a flow fetches a token of the other system once and calls it with it, also when it is revoked', async () => {
    const tokenUrl = `${partner.server.url}/oauth2/api/v1/token`
    const line = [
      'credential',
      'create',
      'partner',
      '--kind',
      'oauth2-client',
      '--client',
      'flows',
      '--token-url',
      tokenUrl,
    ]
    const created = await sluice([...line, '--client-authentication', 'header', '--secret', '@-'], 'secret of flows\n')
    assert.deepEqual([created.code, created.out], [0, 'Deployed partner.\n'], created.err)
    await deploy('relay', oauth())

    const answers = await Promise.all(Array.from({ length: 10 }, () => tenant.call('/relay', token, { body: 'Ada' })))
    for (const { status, text } of answers) assert.deepEqual([status, text], [200, 'Hello, Ada!'])
    const [first, second] = await tokensOfPartner()
    assert.ok(first && !second)

    assert.ok((await partner.administer('DELETE', `/oauth2/api/v1/tokens/${first.id}`)).status < 300)
    assert.equal((await tenant.call('/relay', token, { body: 'Bob' })).text, 'Hello, Bob!')
    assert.equal((await tokensOfPartner()).length, 1)
  })

  test('a changed secret counts at once', async () => {
    await tenant.administer('PUT', "/api/v1/OAuth2ClientCredentials('partner')", { ClientSecret: 'wrong' })
    const failed = await tenant.call('/relay', token, { body: 'Ada' })
    assert.equal(failed.status, 500)
    assert.match(failed.text, /token service of "partner" to give a token, found status 401 invalid_client/)
    await tenant.administer('PUT', "/api/v1/OAuth2ClientCredentials('partner')", { ClientSecret: 'secret of flows' })
    assert.equal((await tenant.call('/relay', token, { body: 'Ada' })).status, 200)
  })

  test('security material is listed without secrets and deleted', async () => {
    await sluice(['credential', 'create', 'erp', '--as-user', 'ada', '--secret', 'hidden', '--description', 'ERP'])
    await sluice(['credential', 'create', 'key', '--kind', 'secure-parameter', '--secret', 'hidden'])
    const listed = await sluice(['credential', 'list'])
    assert.match(listed.out, /^erp +user +ada +ERP$/m)
    assert.match(listed.out, /^key +secure-parameter/m)
    assert.match(listed.out, /^partner +oauth2-client +flows/m)
    assert.doesNotMatch(listed.out, /hidden/)
    assert.equal((await sluice(['credential', 'delete', 'key'])).code, 0)
    const again = await sluice(['credential', 'delete', 'key'])
    assert.deepEqual([again.code, /Expected security material "key", found none/.test(again.err)], [1, true])
    const missing = await sluice(['credential', 'create', 'crm', '--kind', 'oauth2-client', '--secret', 'x'])
    assert.match(missing.err, /Expected --token-url/)
  })

  describe('of every kind', () => {
    let other: Server
    let address: string
    before(async () => {
      other = createServer((request, response) => {
        const { url = '', headers } = request
        if (url === '/hangs') return
        if (url === '/cuts') request.socket.destroy()
        else if (url === '/large') response.end(Buffer.alloc(100_000))
        else if (url === '/who') response.end(headers.authorization ?? 'nobody')
        else response.writeHead(Number(url.slice(1))).end(`status ${url.slice(1)}`)
      })
      await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
      address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
    })
    after(async () => {
      other.closeAllConnections()
      await new Promise(resolve => other.close(resolve))
    })

    test('Basic authentication is that of the user credentials', async () => {
      await deploy('who', {
        httpAddressWithoutQuery: `${address}/who`,
        authenticationMethod: 'Basic',
        credentialName: 'erp',
      })
      assert.equal((await tenant.call('/who', token)).text, `Basic ${btoa('ada:hidden')}`)
    })

    test('Basic authentication may be with the credentials of a partner', async () => {
      const credential = { Pid: 'ACME', Id: 'Orders', User: 'bob', Password: 'theirs' }
      ok(await tenant.administer('POST', '/api/v1/UserCredentialParameters', credential))
      await deploy('who-of-partner', {
        httpAddressWithoutQuery: `${address}/who`,
        authenticationMethod: 'Basic',
        credentialName: 'pd:ACME:Orders:UserCredential',
      })
      assert.equal((await tenant.call('/who-of-partner', token)).text, `Basic ${btoa('bob:theirs')}`)
    })

    const failures: readonly [path: string, message: RegExp, timeoutMs?: number][] = [
      ['404', /HTTP operation failed invoking .*\/404 with statusCode: 404$/],
      ['500', /with statusCode: 500$/],
      ['hangs', /found none within 100 ms$/, 100],
      ['cuts', /found a connection that was cut/],
      ['large', /found a body of more than 65536 bytes$/],
    ]
    for (const [path, message, timeoutMs = 60_000] of failures) {
      test(`a receiver that answers ${path} fails the message at the step, and others go on`, async () => {
        const receiver = { httpAddressWithoutQuery: `${address}/${path}`, httpRequestTimeout: String(timeoutMs) }
        await deploy(`to-${path}`, receiver)
        const [failed, fine] = await Promise.all([
          tenant.call(`/to-${path}`, token, { body: 'x' }),
          tenant.call('/who', token),
        ])
        assert.deepEqual([failed.status, fine.status], [500, 200])
        assert.match(failed.text, message)
        const guid = failed.headers.get('sap_messageprocessinglogid')
        const log = await tenant.administer('GET', `/api/v1/MessageProcessingLogs('${guid}')?$expand=ErrorInformation`)
        const { d } = JSON.parse(log.text) as {
          d: { Status: string; ErrorInformation: { LastErrorModelStepId: string } }
        }
        assert.deepEqual([d.Status, d.ErrorInformation.LastErrorModelStepId], ['FAILED', 'Call'])
      })
    }
  })

  describe('by the clock', () => {
    const rows = (schedule: string, more = '') =>
      `${more}<row><cell>noOfSchedules</cell><cell>1</cell></row><row><cell>schedule1</cell><cell>${schedule}</cell></row>`
    const runsOf = async (id: string) => {
      await tenant.server.runDueTimers()
      const count = await tenant.administer(
        'GET',
        `/api/v1/MessageProcessingLogs/$count?$filter=IntegrationFlowName eq '${id}'`,
      )
      return Number(count.text)
    }

    test('a flow runs on deployment and again with the next one, and not before it is deployed', async () => {
      await deploy('now', oauth(), rows('fireNow=true'))
      assert.equal(await runsOf('now'), 1)
      tenant.server.clock.advance(3_600_000)
      assert.equal(await runsOf('now'), 1)
      await deploy('now', oauth(), rows('fireNow=true'))
      assert.equal(await runsOf('now'), 2)
    })

    test('a flow runs at the times of its cron expression until it is undeployed', async () => {
      await deploy('often', oauth(), rows('0+0/5+0-23+?+*+*+*&amp;trigger.timeZone=Europe/Berlin'))
      assert.equal(await runsOf('often'), 0)
      for (const count of [1, 2, 3]) {
        tenant.server.clock.advance(300_000)
        assert.equal(await runsOf('often'), count)
      }
      await tenant.administer('DELETE', "/api/v1/IntegrationRuntimeArtifacts('often')")
      tenant.server.clock.advance(300_000)
      assert.equal(await runsOf('often'), 3)
    })

    test('a flow whose times are over is not deployed when it says so', async () => {
      const over = rows('0+0+0+1+1+?+2020', '<row><cell>throwExceptionOnExpiry</cell><cell>true</cell></row>')
      assert.equal((await tenant.deploy(await relayZip('over', over, oauth()), 'over')).status, 'FAIL')
      const error = await tenant.administer(
        'GET',
        "/api/v1/IntegrationRuntimeArtifacts('over')/ErrorInformation/$value",
      )
      assert.match(error.text, /Expected a time to come for the timer.*\[schedule-over\]/)
    })
  })
})
