import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { TestTerminal } from '../src/testing/index.ts'
import { AuditWorld, auditCases } from './audit-events.ts'
import { startProcess } from './server-process.ts'
import { ok, Tenant } from './tenant.ts'

interface Audited {
  readonly id: number
  readonly time: string
  readonly object: string
  readonly action: string
  readonly outcome: string
  readonly ids?: readonly string[]
  readonly user?: string
  readonly clientId?: string
  readonly method?: string
  readonly reason?: string
  readonly address?: string
  readonly changes?: readonly string[]
  readonly count?: number
}

async function recordsOf(tenant: Tenant, query = ''): Promise<{ records: Audited[]; older?: string }> {
  return JSON.parse(ok(await tenant.administer('GET', `/api/audit/v1/records?${query}`)).text)
}

function summary({ object, action, ids, user, clientId, method, reason, changes, count }: Audited): string {
  const who = user === undefined && clientId === undefined ? [] : ['by', [user, clientId && `/${clientId}`].join('')]
  return [
    ...[object, action, ...(ids ? [ids.join(' ')] : []), ...who],
    ...(method ? ['via', method] : []),
    ...(changes && changes.length > 0 ? [`[${changes.join(', ')}]`] : []),
    ...(reason ? [`!${reason}`] : []),
    ...(count === undefined ? [] : [`×${count}`]),
  ].join(' ')
}

describe('what happens is in the audit log', () => {
  let world: AuditWorld
  let last = 0

  before(async () => {
    world = new AuditWorld(await Tenant.start())
    const { records } = await recordsOf(world.tenant)
    assert.deepEqual(records.map(summary), ['user create admin via start'])
    last = records[0]?.id ?? 0
  })

  after(() => world.tenant.close())

  for (const { name, act, expected } of auditCases) {
    test(name, async () => {
      await act(world)
      const { records } = await recordsOf(world.tenant, 'limit=100')
      const added = records.filter(({ id }) => id > last).reverse()
      last = Math.max(last, ...added.map(({ id }) => id))
      const texts = added.map(summary)
      assert.equal(texts.length, expected.length, texts.join('\n'))
      for (const [index, wanted] of expected.entries()) {
        if (typeof wanted === 'string') assert.equal(texts[index], wanted)
        else assert.match(texts[index] ?? '', wanted)
      }
      for (const { outcome, reason } of added) assert.equal(outcome, reason === undefined ? 'success' : 'failure')
    })
  }

  test('nothing in it is a secret, nor more of a token than its first five characters', async () => {
    const { text } = ok(await world.administer('GET', '/api/audit/v1/export'))
    assert.ok(world.secrets.size > 15 && text.length > 5_000)
    for (const secret of world.secrets) {
      const shown = /^[0-9a-f]{32}$|^[A-Za-z0-9_-]{22,}/.test(secret) ? secret.slice(0, 6) : secret
      assert.ok(!text.includes(shown), `found "${shown}"`)
    }
  })
})

describe('reading the audit log', () => {
  let tenant: Tenant

  before(async () => {
    tenant = await Tenant.start()
    for (const id of ['a', 'b', 'c']) {
      await tenant.createClient({ id })
      tenant.server.clock.advance(60_000)
    }
    await tenant.administer('DELETE', '/oauth2/api/v1/clients/absent')
  })

  after(() => tenant.close())

  const platformToken = async (scope: string) => {
    const created = await tenant.administer('POST', '/oauth2/api/v1/clients', { kind: 'platform', scopes: [scope] })
    const { id, secret } = JSON.parse(ok(created).text)
    const headers = { authorization: `Basic ${btoa(`${id}:${secret}`)}` }
    const path = '/oauth2/apitoken/v1?grant_type=client_credentials'
    return JSON.parse(ok(await tenant.request(path, { method: 'POST', headers })).text).access_token as string
  }

  const searches: readonly [query: string, found: string][] = [
    ['object=client&outcome=success', 'c b a'],
    ['object=client&action=delete', 'absent'],
    ['outcome=failure', 'absent'],
    ['category=audit.configuration&outcome=success&user=admin', 'c b a'],
    ['from=2026-01-01T00:01:00Z&to=2026-01-01T00:02:00Z', 'b'],
    ['text=ABSENT', 'absent'],
    ['user=nobody', ''],
  ]
  for (const [query, found] of searches) {
    test(`${query} finds "${found}"`, async () => {
      const { records } = await recordsOf(tenant, query)
      assert.equal(records.flatMap(({ ids = [] }) => ids).join(' '), found)
    })
  }

  test('pages go on where they ended', async () => {
    const first = await recordsOf(tenant, 'object=client&limit=3')
    const second = await recordsOf(tenant, `object=client&limit=3&before=${first.older}`)
    const all = [...first.records, ...second.records].flatMap(({ ids = [] }) => ids)
    assert.deepEqual([all.join(' '), second.older], ['absent c b a', undefined])
  })

  const mistakes = ['from=yesterday', 'object=dog', 'limit=0', 'limit=1001', 'before=x', 'unknown=1', 'outcome=maybe']
  for (const query of mistakes) {
    test(`${query} is refused`, async () => {
      assert.equal((await tenant.administer('GET', `/api/audit/v1/records?${query}`)).status, 400)
    })
  }

  test('an export has every record as a line of JSON', async () => {
    const answer = ok(await tenant.administer('GET', '/api/audit/v1/export?object=client'))
    assert.equal(answer.headers.get('content-type'), 'application/x-ndjson')
    const lines = answer.text.trimEnd().split('\n')
    const { records } = await recordsOf(tenant, 'object=client')
    assert.deepEqual(
      lines.map(line => JSON.parse(line)),
      records,
    )
  })

  test('the command prints a table, or with --json what the export has', async () => {
    const env = { SLUICE_URL: tenant.server.url, SLUICE_ADMIN_PASSWORD: tenant.server.admin.password }
    const run = async (...line: string[]) => {
      const terminal = new TestTerminal(env)
      assert.equal(await runLine(commands, ['audit-log', ...line], terminal), 0, terminal.printedErrors)
      return terminal.printed
    }
    const table = await run('--outcome', 'failure', '--object', 'client')
    assert.match(table, /^TIME +EVENT +OUTCOME[^\n]*\n[^\n]*client delete absent +failure +admin/)
    const exported = ok(await tenant.administer('GET', '/api/audit/v1/export?object=client')).text
    assert.equal(await run('--json', '--object', 'client'), exported)
  })

  const original = (query: string) =>
    tenant.administer('GET', `/auditlog/v1/accounts/dev/AuditLogRecords?${new URLSearchParams(query)}`)

  test("the original's API tells the same records in its form", async () => {
    const { '@odata.count': count, value } = JSON.parse(
      ok(await original("$filter=Category eq 'audit.configuration' and User eq 'admin'&$count=true&$top=2")).text,
    )
    assert.equal(count >= 4 && value.length, 2)
    const [{ Uuid, Message, ...rest }] = value
    assert.match(Uuid, /^[0-9a-f]+-[0-9a-f]+$/)
    assert.match(Message, /^Configuration change message\. \{"action":"delete","key":"client delete: absent"/)
    assert.deepEqual(rest, {
      ...{ Category: 'audit.configuration', User: 'admin', Tenant: 'dev', Account: 'dev', Application: 'sluice' },
      ...{ Time: '2026-01-01T00.03.00.000+0000', InstanceId: null, FormatVersion: '2.2' },
    })
  })

  test('it filters by time in seconds, as documented', async () => {
    const filter = "(Time le '2026-01-01T00.01.00' or Time eq '2026-01-01T00.01.00') and Application eq 'sluice'"
    const { value } = JSON.parse(ok(await original(`$filter=${filter}`)).text)
    assert.deepEqual(
      value.map(({ Message }: { Message: string }) => /"key":"(.*?)"/.exec(Message)?.[1]),
      ['Creating application client: b', 'Creating application client: a', 'user create: admin'],
    )
  })

  test('it leads from page to page', async () => {
    const all = JSON.parse(ok(await original('')).text).value.length
    const pages: number[] = []
    for (let skip = 0; skip < all; skip += 2) {
      pages.push(JSON.parse(ok(await original(`$top=2&$skip=${skip}`)).text).value.length)
    }
    assert.equal(
      pages.reduce((sum, length) => sum + length, 0),
      all,
    )
  })

  for (const filter of ["Message eq 'x'", "Time eq 'now'", 'User eq', 'Time eq User']) {
    test(`it refuses the filter ${filter}`, async () => {
      assert.equal((await original(`$filter=${filter}`)).status, 400)
    })
  }

  test('only those with the scope may read, and nobody may write', async () => {
    const statuses = async (token: string) => {
      const paths = [
        ...['/api/audit/v1/records', '/api/audit/v1/export', '/auditlog/v1/accounts/dev/AuditLogRecords'],
        '/auditlog/v1/retention/accounts/dev/AuditLogRetention',
      ]
      const headers: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` }
      return Promise.all(paths.map(async path => (await tenant.request(path, { headers })).status))
    }
    assert.deepEqual(await statuses(''), [401, 401, 401, 401])
    assert.deepEqual(await statuses(await platformToken('hcp.readOAuthSettings')), [403, 403, 403, 403])
    assert.deepEqual(await statuses(await platformToken('hcp.readAuditLogs')), [200, 200, 200, 403])
    assert.deepEqual(await statuses(await platformToken('hcp.manageAuditLogs')), [200, 200, 200, 200])
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      assert.equal((await tenant.administer(method, '/api/audit/v1/records')).status, 404)
    }
  })
})

test('what an administrator was answered is in the log after kill -9', async () => {
  const data = await mkdtemp(join(tmpdir(), 'sluice-audit-crash-'))
  let server = await startProcess(data)
  try {
    const tenant = new Tenant(server.described)
    const created: string[] = []
    const load = (async () => {
      for (let index = 0; ; index++) {
        await tenant.createClient({ id: `client-${index}` })
        created.push(`client-${index}`)
        if (index === 40) server.process.kill('SIGKILL')
      }
    })()
    await assert.rejects(load)
    if (server.process.exitCode === null && server.process.signalCode === null) await once(server.process, 'exit')
    server = await startProcess(data)
    const revived = new Tenant(server.described)
    const { records } = await recordsOf(revived, 'object=client&limit=1000')
    const logged = new Set(records.flatMap(({ ids = [] }) => ids))
    const { clients } = JSON.parse(ok(await revived.administer('GET', '/oauth2/api/v1/clients')).text)
    // What was not answered, too.
    const existing = (clients as { id: string }[]).map(({ id }) => id)
    assert.ok(created.length > 40 && existing.length >= created.length)
    assert.deepEqual(
      [...created, ...existing].filter(id => !logged.has(id)),
      [],
    )
  } finally {
    server.process.kill('SIGKILL')
    await rm(data, { recursive: true, force: true })
  }
})
