import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { LocalChanges } from './changes.ts'
import { createClientSecrets } from './client-secrets.ts'
import { createClients } from './clients.ts'
import { client, token } from './each-database.test.ts'
import { createPushedRequests } from './pushed-requests.ts'
import { openQueryPlans, type QueryPlans } from './query-plans.test.ts'
import type { ClientSecrets, Clients, PushedRequests, Tokens, UsedProofs, UserAuthorizations } from './store.ts'
import { createTokens } from './tokens.ts'
import { createUsedProofs } from './used-proofs.ts'
import { createUserAuthorizations } from './user-authorizations.ts'
import { GroupWriter } from './writer.ts'

let plans: QueryPlans
let tokens: Tokens
let authorizations: UserAuthorizations
let clients: Clients
let secrets: ClientSecrets
let pushedRequests: PushedRequests
let usedProofs: UsedProofs

before(async () => {
  plans = await openQueryPlans()
  const parts = [plans.database, new GroupWriter(plans.database), new LocalChanges()] as const
  tokens = createTokens(...parts)
  authorizations = createUserAuthorizations(...parts)
  clients = createClients(...parts)
  secrets = createClientSecrets(...parts)
  pushedRequests = createPushedRequests(parts[0], parts[1])
  usedProofs = createUsedProofs(parts[1])
  await clients.create(client('a', {}), undefined)
  await clients.create(client('b', {}), undefined)
  await tokens.insert(token(1, 'a'))
})
after(() => plans.close())

const key = new Uint8Array(36)

/** What is asked, and the index of tokens by which it is answered. */
const cases: Readonly<Record<string, readonly [work: () => Promise<unknown>, index: RegExp]>> = {
  'one token': [() => tokens.find(key), /SEARCH tokens USING PRIMARY KEY/],
  'revoking one token': [() => tokens.delete(key), /SEARCH tokens USING PRIMARY KEY/],
  'the newest of all tokens': [() => tokens.list({ limit: 100 }), /SEARCH tokens USING INDEX tokens_by_client/],
  'the newest tokens of a client': [
    () => tokens.list({ clientId: 'a', limit: 100 }),
    /SEARCH tokens USING INDEX tokens_by_client \(client=\? AND issued_at>\?\)/,
  ],
  'the newest tokens of a user': [
    () => tokens.list({ user: 'u', limit: 100 }),
    /SEARCH tokens USING INDEX tokens_by_user/,
  ],
  'the newest tokens of a user for a client': [
    () => tokens.list({ clientId: 'a', user: 'u', limit: 100 }),
    /SEARCH tokens USING INDEX tokens_by_user/,
  ],
  'expired tokens': [
    () => tokens.deleteExpired(1, 500),
    /SEARCH tokens USING COVERING INDEX tokens_by_client \(client=\? AND issued_at<\?\)/,
  ],
  'revoking all tokens of a client': [
    () => tokens.deleteByClient('a'),
    /SEARCH tokens USING (COVERING )?INDEX tokens_by_client/,
  ],
  'revoking all tokens of a user': [
    () => tokens.deleteByUser('u'),
    /SEARCH tokens USING (COVERING )?INDEX tokens_by_user/,
  ],
}

for (const [name, [work, index]] of Object.entries(cases)) {
  test(`an index serves: ${name}`, async () => {
    const planned = await plans.of(work)
    const steps = planned.flatMap(({ plan }) => plan)
    const said = planned.map(({ sql, plan }) => [sql, ...plan].join('\n')).join('\n')
    assert.ok(
      steps.some(step => index.test(step)),
      said,
    )
    for (const step of steps) assert.doesNotMatch(step, /^SCAN tokens|TEMP B-TREE/, said)
  })
}

test('the latest token of each client is the end of its index', async () => {
  const [planned] = await plans.of(() => tokens.list({ limit: 100 }))
  assert.ok(
    planned?.plan.includes('SEARCH tokens USING COVERING INDEX tokens_by_client (client=?)'),
    planned?.plan.join(),
  )
})

/** A whole table, and no subquery. */
const scanned = /^SCAN (clients|client_secrets|tokens|refresh_tokens|user_authorizations|pushed_requests|used_proofs)\b/

test('indexes serve what is done for one client, and what a user allowed clients', async () => {
  const common = { clientId: 'a', user: 'u', scopes: [], issuedAt: 1 }
  const given = { ...common, redirectUri: undefined, codeChallenge: undefined }
  const request = { clientId: 'a', parameters: '', expiresAt: 1 }
  const works = [
    () => clients.find('a'),
    () => clients.update(client('a', { subscription: 'devtmn', tokenLifetimeSeconds: 99_999 }), 'hash', 1),
    () => clients.delete('b'),
    () => secrets.add('a', { hash: '', createdAt: 1, expiresAt: undefined }),
    () => secrets.list('a'),
    () => tokens.insert(token(2, 'a', { confirmation: { jkt: 'k' } })),
    () => tokens.deleteByClient('a', 'own'),
    () => pushedRequests.insert(key, request, 'x', { perClient: 9, perAddress: 9 }),
    () => pushedRequests.find(key, 0),
    () => pushedRequests.deleteExpired(1, 9),
    () => usedProofs.deleteExpired(1, 9),
    () => authorizations.insert(key, given),
    () => authorizations.findByCode(key),
    () => authorizations.list({ user: 'u', limit: 100 }),
    () => authorizations.list({ clientId: 'a', limit: 100 }),
    () => authorizations.list({ clientId: 'a', user: 'u', limit: 100 }),
    () => authorizations.deleteExpiredCodes(1, 9),
    () => authorizations.deleteExpiredRefreshTokens(1, 9),
    () => authorizations.deleteExpired(1, 9),
    () => authorizations.findByRefreshToken(key),
    () => authorizations.end(1),
  ]
  for (const work of works) {
    const planned = await plans.of(work)
    for (const { sql, plan } of planned) {
      for (const step of plan) assert.doesNotMatch(step, scanned, `${sql}\n${plan.join('\n')}`)
    }
  }
})

test('tokens go before their authorizations, which would take all of them along at once', async () => {
  const works = [() => tokens.deleteByUser('u'), () => tokens.deleteByClient('a'), () => tokens.deleteAll()]
  for (const work of works) {
    const planned = await plans.of(work)
    const emptied = planned.flatMap(({ sql }) => /^delete from "(\w+)"/.exec(sql)?.[1] ?? [])
    assert.deepEqual([...new Set(emptied)], ['tokens', 'refresh_tokens', 'user_authorizations'])
    assert.ok(emptied.lastIndexOf('refresh_tokens') < emptied.indexOf('user_authorizations'))
  }
})
