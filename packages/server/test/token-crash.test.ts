import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Visitor } from '../src/testing/visitor.ts'
import { startProcess } from './server-process.ts'
import { ok, Tenant } from './tenant.ts'

const rounds = 3
/** Answers of a round before the server is killed. */
const answersMin = 120
/** Refresh tokens of a family that a worker leaves alone afterwards. */
const rotations = 3
const authorize = `/oauth2/api/v1/authorize?${new URLSearchParams({ response_type: 'code', client_id: 'web' })}`

/** What a server has answered. */
interface Answered {
  /** Opaque access tokens of either grant. */
  readonly accessTokens: string[]
  /** Codes that nobody has tried to redeem. */
  readonly codes: string[]
  /** Refresh tokens of families, each list in order, of which no request was under way. */
  readonly families: (readonly string[])[]
}

test('kill -9 while tokens are issued: every token, code and refresh token that was answered is known afterwards', async t => {
  const data = await mkdtemp(join(tmpdir(), 'sluice-token-crash-'))
  let server = await startProcess(data)
  try {
    await register(new Tenant(server.described))
    for (let round = 1; round <= rounds; round++) {
      const tenant = new Tenant(server.described)
      const load = startLoad(tenant)
      await load.reached(answersMin + 40 * round)
      server.process.kill('SIGKILL')
      await once(server.process, 'exit')
      const answered = await load.stop()
      server = await startProcess(data)
      await assertKnown(new Tenant(server.described), answered)
      const { accessTokens, codes, families } = answered
      t.diagnostic(`${accessTokens.length} access tokens, ${codes.length} codes, ${families.length} families`)
      assert.ok(accessTokens.length > 0 && codes.length > 0 && families.length > 0)
    }
  } finally {
    server.process.kill('SIGKILL')
    await rm(data, { recursive: true, force: true })
  }
})

async function register(tenant: Tenant): Promise<void> {
  await tenant.createClient({ id: 'robot' })
  const grant = { grant: 'authorization_code', redirectUri: 'https://web.example/answer', skipConsent: true }
  const web = { id: 'web', name: 'web', subscription: 'deviflmap', secret: 'secret of web', ...grant }
  ok(await tenant.administer('POST', '/oauth2/api/v1/clients', web))
}

interface Load {
  /** Resolves when this many requests have been answered, and something of each kind is left behind. */
  reached(answers: number): Promise<void>
  /** To be called when the server is gone. */
  stop(): Promise<Answered>
}

/** Workers that do each what leaves something behind, until the connection breaks. */
function startLoad(tenant: Tenant): Load {
  const answered: Answered = { accessTokens: [], codes: [], families: [] }
  const reached = Promise.withResolvers<void>()
  let answers = 0
  let awaited = Number.POSITIVE_INFINITY
  const count = () => {
    answers++
    const { codes, families } = answered
    if (answers >= awaited && codes.length > 0 && families.length > 0) reached.resolve()
  }
  const issue = async () => {
    answered.accessTokens.push(await tenant.token('robot'))
    count()
  }
  const visitor = new Visitor(tenant.server.url)
  const signedIn = visitor.signIn(authorize, tenant.server.admin)
  const code = async () => {
    await signedIn
    const { location } = await visitor.open(authorize)
    count()
    return new URL(location).searchParams.get('code') ?? assert.fail(`no code in ${location}`)
  }
  const rotate = async () => {
    const first = await exchange(tenant, { grant_type: 'authorization_code', code: await code() })
    const family = [first]
    for (let last = first; family.length <= rotations; family.push(last)) {
      last = await exchange(tenant, { grant_type: 'refresh_token', refresh_token: last.refreshToken })
      count()
    }
    answered.families.push(family.map(({ refreshToken }) => refreshToken))
    answered.accessTokens.push(...family.map(({ accessToken }) => accessToken))
  }
  const leave = async () => void answered.codes.push(await code())
  const workers = [issue, issue, rotate, rotate, leave].map(work => untilBroken(work))
  return {
    reached(wanted) {
      awaited = wanted
      // A worker that fails otherwise ends the wait.
      return Promise.race([reached.promise, ...workers])
    },
    async stop() {
      await Promise.all(workers)
      return answered
    },
  }
}

async function untilBroken(work: () => Promise<void>): Promise<void> {
  try {
    for (;;) await work()
  } catch (error) {
    assert.match(String(error), /fetch failed|terminated/)
  }
}

async function exchange(tenant: Tenant, parameters: Readonly<Record<string, string>>) {
  const { text } = ok(await post(tenant, 'token', parameters))
  const { access_token: accessToken, refresh_token: refreshToken } = JSON.parse(text) as Record<string, string>
  return { accessToken: accessToken ?? assert.fail(text), refreshToken: refreshToken ?? assert.fail(text) }
}

function post(tenant: Tenant, endpoint: string, parameters: Readonly<Record<string, string>>) {
  const headers = { authorization: `Basic ${btoa('web:secret of web')}` }
  return tenant.request(`/oauth2/api/v1/${endpoint}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(parameters),
  })
}

async function assertKnown(tenant: Tenant, { accessTokens, codes, families }: Answered): Promise<void> {
  const isActive = async (token: string) => JSON.parse((await post(tenant, 'introspect', { token })).text).active
  for (const token of accessTokens) assert.equal(await isActive(token), true, 'an access token')
  for (const code of codes) await exchange(tenant, { grant_type: 'authorization_code', code })
  const refresh = (token = '') => post(tenant, 'token', { grant_type: 'refresh_token', refresh_token: token })
  for (const family of families) {
    const next = ok(await refresh(family.at(-1)))
    // The server has not forgotten which were used: one that comes again ends the family.
    const again = await refresh(family[0])
    assert.deepEqual([again.status, JSON.parse(again.text).error], [400, 'invalid_grant'])
    assert.equal((await refresh(JSON.parse(next.text).refresh_token)).status, 400)
  }
}
