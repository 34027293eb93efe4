import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimsOf, issuedToken, remainingText } from './issued-token.ts'

const jwt = (claims: string) => `eyJhbGciOiJFUzI1NiJ9.${Buffer.from(claims).toString('base64url')}.c2ln`

test('a JWT says what it claims, in any script', () => {
  assert.deepEqual(claimsOf(jwt('{"sub":"Zoë ✓ ??>"}')), { sub: 'Zoë ✓ ??>' })
})

test('other tokens say nothing', () => {
  for (const token of ['0123456789abcdef', 'a.b', 'a.b.c', jwt('[broken'), jwt('"text"')]) {
    assert.equal(claimsOf(token), undefined, token)
  }
})

test('a token ends as many seconds after its answer as that says', () => {
  assert.deepEqual(issuedToken({ access_token: 'aa', expires_in: 60 }, 'me', 1_000), {
    value: 'aa',
    clientId: 'me',
    claims: undefined,
    expiresAt: 61_000,
  })
})

test('what is left of a life counts down to zero', () => {
  const cases = [
    [3_600_000, '1:00:00'],
    [3_599_000, '59:59'],
    [61_500, '1:02'],
    [1, '0:01'],
    [0, '0:00'],
    [-5_000, '0:00'],
  ] as const
  for (const [left, text] of cases) assert.equal(remainingText(left, 0), text)
})
