import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { LocalChanges } from './changes.ts'
import { createClients } from './clients.ts'
import { client, token } from './each-database.test.ts'
import { openQueryPlans, type QueryPlans } from './query-plans.test.ts'
import type { Tokens, UserAuthorizations } from './store.ts'
import { createTokens } from './tokens.ts'
import { createUserAuthorizations } from './user-authorizations.ts'
import { GroupWriter } from './writer.ts'

let plans: QueryPlans
let tokens: Tokens
let authorizations: UserAuthorizations

before(async () => {
  plans = await openQueryPlans()
  const parts = [plans.database, new GroupWriter(plans.database), new LocalChanges()] as const
  tokens = createTokens(...parts)
  authorizations = createUserAuthorizations(...parts)
  await createClients(...parts).create(client('a', {}), undefined)
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

test('indexes serve what a user allowed clients, and its end', async () => {
  const works = [
    () => authorizations.list({ user: 'u', limit: 100 }),
    () => authorizations.findByRefreshToken(key),
    () => authorizations.end(1),
  ]
  for (const work of works) {
    const planned = await plans.of(work)
    for (const step of planned.flatMap(({ plan }) => plan)) assert.doesNotMatch(step, /^SCAN/, planned[0]?.sql)
  }
})
