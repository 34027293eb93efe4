import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ClientDraft, creationOf, draftOf, emptyDraft, updateOf, wrongFields } from './client-draft.ts'

const draft: ClientDraft = { ...emptyDraft('hello'), name: ' Hello ', subscription: 'deviflmap' }

const wrong: readonly (readonly [Partial<ClientDraft>, readonly string[]])[] = [
  [{}, []],
  [{ name: '  ' }, ['name']],
  [{ subscription: '' }, ['subscription']],
  [{ id: '' }, ['id']],
  [{ id: 'a:b' }, ['id']],
  [{ grant: 'authorization_code' }, ['redirectUri']],
  [{ grant: 'authorization_code', redirectUri: 'https://x' }, []],
  [{ lifetime: { value: '0', unit: 'days' } }, ['tokenLifetime']],
  [{ lifetime: { value: '1.5', unit: 'days' } }, ['tokenLifetime']],
  [{ lifetime: { value: '', unit: 'days' } }, ['tokenLifetime']],
  [{ lifetime: { value: '180', unit: 'days' } }, []],
  [{ lifetime: { value: '181', unit: 'days' } }, ['tokenLifetime']],
  [{ lifetime: { value: '259201', unit: 'minutes' } }, ['tokenLifetime']],
  [{ refreshLifetime: { value: '0', unit: 'days' } }, []],
  [
    { grant: 'authorization_code', redirectUri: 'https://x', refreshLifetime: { value: '181', unit: 'days' } },
    ['refreshTokenLifetime'],
  ],
]
for (const [changes, fields] of wrong) {
  test(`${JSON.stringify(changes)} is wrong in: ${fields.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(wrongFields({ ...draft, ...changes }), fields)
  })
}

const common = {
  name: 'Hello',
  description: '',
  subscription: 'deviflmap',
  tokenLifetime: { value: 60, unit: 'minutes' },
  translations: {},
}

test('a client with client credentials is confidential and has nothing of the code grant', () => {
  const typed = { ...draft, confidential: false, redirectUri: 'https://x', skipConsent: true }
  const expected = { ...common, kind: 'application', id: 'hello', grant: 'client_credentials', confidential: true }
  assert.deepEqual(creationOf(typed), expected)
})

test('a public client sends no secret, even where one was typed', () => {
  const typed = {
    ...draft,
    grant: 'authorization_code',
    confidential: false,
    secret: 's',
    redirectUri: 'app:/x',
  } as const
  const code = { grant: 'authorization_code', confidential: false, redirectUri: 'app:/x', skipConsent: false }
  const refresh = { refreshTokenLifetime: { value: 30, unit: 'days' } }
  assert.deepEqual(updateOf(typed), { ...common, ...code, ...refresh })
})

test('a client that is edited comes back as it was, without a secret', () => {
  const { id, ...rest } = creationOf(draft)
  const client = { id: 'hello', kind: 'application', user: 'oauth_client_hello', scopes: [], createdAt: '' } as const
  const read = { ...client, ...common, grant: 'client_credentials', confidential: true, skipConsent: false } as const
  assert.equal(id, 'hello')
  assert.deepEqual({ kind: 'application', ...updateOf(draftOf(read as never)) }, rest)
})
