import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { client, inDirectory, stoppedTimers } from '../store/each-database.test.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import { TestClock } from '../testing/test-clock.ts'
import { purge } from './housekeeping.ts'

const minute = 60_000
/** Minutes that pass at once. */
const step = 10
const clients = ['a', 'b', 'c', 'd', 'e']
/** A fortieth of 20 a second, so that a day passes in seconds. */
const tokensPerStep = 30 * step
const limits = {
  auditRetentionDays: 10,
  sessionIdleMinutes: 30,
  messageLogRetentionDays: 10,
  attachmentRetentionDays: 3,
  traceBytesMax: 1e9,
  runStepsMax: 1e6,
}

/** Tokens, codes that nobody redeems, codes that somebody does, and sessions. */
async function pass(store: Store, clock: TestClock, count: number): Promise<void> {
  const now = clock.now()
  const digest = (what: string) => createHash('sha256').update(`${what} ${count}`).digest()
  const key = (what: string) =>
    Uint8Array.from([...Buffer.from((now >>> 0).toString(16).padStart(8, '0'), 'hex'), ...digest(what)])
  const tokens = Array.from({ length: tokensPerStep }, (_, index) => ({
    ...{ key: key(`token ${index}`), clientId: clients[index % clients.length] ?? '' },
    ...{ user: undefined, scopes: [], issuedAt: now },
  }))
  const given = { clientId: 'web', user: 'ada', scopes: [], redirectUri: undefined, codeChallenge: undefined }
  const accessToken = { key: key('access'), clientId: 'web', user: 'ada', scopes: [], issuedAt: now }
  const { userAuthorizations, sessions } = store
  await Promise.all([
    ...tokens.map(token => store.tokens.insert(token)),
    userAuthorizations.insert(digest('lost code'), { ...given, issuedAt: now }),
    userAuthorizations.insert(digest('code'), { ...given, issuedAt: now }),
    sessions.create(digest('session'), { user: 'ada', createdAt: now, usedAt: now }),
  ])
  const found = await userAuthorizations.findByCode(digest('code'))
  assert.ok(found)
  await userAuthorizations.redeem(found.id, { accessToken, refreshToken: digest('refresh') })
}

// Without the audit log, which is kept for months and grows with every token.
test('over a day of steady load neither the database nor its log grows after the first hours', () =>
  inDirectory(async dataDirectory => {
    const store = await openStore({ dataDirectory, timers: stoppedTimers })
    const clock = new TestClock()
    const bytesOf = (file: string) => statSync(join(dataDirectory, file)).size
    try {
      const hour = { tokenLifetimeSeconds: 3600, refreshTokenLifetimeSeconds: 3600 }
      for (const id of clients) await store.clients.create(client(id, hour), undefined)
      await store.clients.create(client('web', { ...hour, grant: 'authorization_code' }), undefined)
      await store.users.create({ name: 'ada', createdAt: clock.now() }, 'hash')
      const hours: { readonly database: number; readonly log: number }[] = []
      for (let passed = step; passed <= 24 * 60; passed += step) {
        await pass(store, clock, passed)
        clock.advance(step * minute)
        await purge({ store, clock, ...limits }, () => false)
        if (passed % 60 === 0) hours.push({ database: bytesOf('sluice.db'), log: bytesOf('sluice.db-wal') })
      }
      const ofHours = (from: number, to: number) => Math.max(...hours.slice(from, to).map(({ database }) => database))
      const figures = hours.map(({ database, log }) => `${database >> 10}+${log >> 10}`).join(' ')
      assert.ok(ofHours(3, 24) <= ofHours(0, 3) * 1.1, `KB of database and log after each hour: ${figures}`)
      assert.ok(Math.max(...hours.map(({ log }) => log)) <= 8 * 1024 * 1024, figures)
      assert.equal((await store.tokens.list({ limit: 10_000 })).length, (60 / step - 1) * (tokensPerStep + 1))
    } finally {
      await store.close()
    }
  }))
