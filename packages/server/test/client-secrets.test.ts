import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { TestTerminal } from '../src/testing/index.ts'
import { ok, Tenant } from './tenant.ts'

const day = 86_400_000
const path = '/oauth2/api/v1/clients/orders/secrets'

async function withTenant(body: (tenant: Tenant) => Promise<void>): Promise<void> {
  const tenant = await Tenant.start()
  try {
    await tenant.createClient({ id: 'orders', secret: 'secret 0' })
    await body(tenant)
  } finally {
    await tenant.close()
  }
}

interface Listed {
  readonly id: string
}

async function list(tenant: Tenant): Promise<readonly Listed[]> {
  return (JSON.parse(ok(await tenant.administer('GET', path)).text) as { secrets: Listed[] }).secrets
}

async function tokenStatus(tenant: Tenant, secret: string): Promise<number> {
  const authorization = `Basic ${btoa(`orders:${secret}`)}`
  const request = { method: 'POST', headers: { authorization } }
  return (await tenant.request('/oauth2/api/v1/token?grant_type=client_credentials', request)).status
}

test('secrets are exchanged under load, and not one request is refused', () =>
  withTenant(async tenant => {
    let current = 'secret 0'
    let requests = 0
    let isOver = false
    const refusals: number[] = []
    const worker = async (): Promise<void> => {
      while (!isOver) {
        const status = await tokenStatus(tenant, current)
        requests += 1
        if (status !== 200) refusals.push(status)
      }
    }
    const answered = async (count: number): Promise<void> => {
      const until = requests + count
      while (requests < until) await new Promise(resolve => setImmediate(resolve))
    }
    const workers = [1, 2, 3, 4].map(worker)
    for (let exchange = 1; exchange <= 4; exchange++) {
      await answered(20)
      ok(await tenant.administer('POST', path, { secret: `secret ${exchange}` }))
      await answered(20)
      current = `secret ${exchange}`
      // Every request that was sent with the one before is answered.
      await answered(20)
      const [old] = await list(tenant)
      ok(await tenant.administer('DELETE', `${path}/${old?.id}`))
      assert.equal(await tokenStatus(tenant, `secret ${exchange - 1}`), 401)
    }
    await answered(20)
    isOver = true
    await Promise.all(workers)
    assert.deepEqual(refusals, [])
    assert.deepEqual((await list(tenant)).length, 1)
  }))

test('the audit log tells of secrets and keys, and holds none of them', () =>
  withTenant(async tenant => {
    const added = JSON.parse(ok(await tenant.administer('POST', path, { secret: 'a secret to look for' })).text)
    const expiresAt = new Date(tenant.server.clock.now() + day).toISOString()
    ok(await tenant.administer('PUT', `${path}/${added.id}`, { expiresAt }))
    ok(await tenant.administer('DELETE', `${path}/${added.id}`))
    const [last] = await list(tenant)
    assert.equal((await tenant.administer('DELETE', `${path}/${last?.id}`)).status, 409)
    ok(await tenant.administer('POST', '/oauth2/api/v1/signing-keys/rotate'))
    const { text } = ok(await tenant.administer('GET', '/api/audit/v1/records'))
    assert.doesNotMatch(text, /a secret to look for|scrypt/)
    const records = (
      JSON.parse(text) as { records: { object: string; action: string; ids: string[]; outcome: string }[] }
    ).records
    const keys = JSON.parse(ok(await tenant.administer('GET', '/oauth2/api/v1/signing-keys')).text).keys
    const events = records
      .filter(({ object }) => object === 'client-secret' || object === 'signing-key')
      .map(({ object, action, ids, outcome }) => [object, action, ids.join(), outcome].join(' '))
    assert.deepEqual(events.toSorted(), [
      `client-secret create orders/${added.id} success`,
      `client-secret delete orders/${last?.id} failure`,
      `client-secret delete orders/${added.id} success`,
      `client-secret update orders/${added.id} success`,
      `signing-key rotate ${keys[1].kid} success`,
    ])
  }))

test('metrics count the clients whose secrets expire or have expired', () =>
  withTenant(async tenant => {
    const figures = async (): Promise<string> => {
      const { text } = ok(await tenant.administer('GET', '/metrics'))
      return text.match(/^sluice_clients_secret.*$/gm)?.join() ?? ''
    }
    const figure = (expiring: number, expired: number): string =>
      `sluice_clients_secret_expiring ${expiring},sluice_clients_secret_expired ${expired}`
    assert.equal(await figures(), figure(0, 0))
    const [only] = await list(tenant)
    const expiresAt = new Date(tenant.server.clock.now() + 31 * day).toISOString()
    ok(await tenant.administer('PUT', `${path}/${only?.id}`, { expiresAt }))
    assert.equal(await figures(), figure(0, 0))
    tenant.server.clock.advance(day)
    assert.equal(await figures(), figure(1, 0))
    tenant.server.clock.advance(30 * day)
    assert.equal(await figures(), figure(0, 1))
    ok(await tenant.administer('POST', path, {}))
    assert.equal(await figures(), figure(0, 0))
  }))

test('the command line adds, lists, dates and removes secrets', () =>
  withTenant(async tenant => {
    const { url, admin } = tenant.server
    const env = { SLUICE_URL: url, SLUICE_ADMIN_PASSWORD: admin.password }
    const sluice = async (...line: string[]) => {
      const terminal = new TestTerminal(env)
      return { code: await runLine(commands, line, terminal), out: terminal.printed, err: terminal.printedErrors }
    }
    const added = await sluice('client-secret', 'create', 'orders')
    const secret = /^Secret +([0-9a-f]{64}) /m.exec(added.out)?.[1] ?? ''
    assert.equal(await tokenStatus(tenant, secret), 200)
    const [first, second] = await list(tenant)
    const listed = await sluice('client-secret', 'list', 'orders')
    assert.match(listed.out, new RegExp(`^ID .*\\n${first?.id} +valid .*\\n${second?.id} +valid `))
    const set = await sluice('client-secret', 'set', 'orders', first?.id ?? '', '--expires', '7d')
    assert.match(set.out, /expires at 20\d\d-/)
    assert.match(
      (await sluice('client-secret', 'list', 'orders')).out,
      new RegExp(`\\n${first?.id} +valid .* 20\\d\\d-\\S+\\n`),
    )
    assert.match((await sluice('client-secret', 'set', 'orders', first?.id ?? '', '--expires', 'never')).out, /never/)
    for (const wrong of [['--expires', 'soon'], []]) {
      assert.equal((await sluice('client-secret', 'set', 'orders', '1', ...wrong)).code, 2)
    }
    assert.equal((await sluice('client-secret', 'delete', 'orders', first?.id ?? '')).code, 0)
    assert.equal(await tokenStatus(tenant, 'secret 0'), 401)
    const last = await sluice('client-secret', 'delete', 'orders', second?.id ?? '')
    assert.equal(last.code, 1)
    assert.match(last.err, /Expected another valid secret/)
  }))
