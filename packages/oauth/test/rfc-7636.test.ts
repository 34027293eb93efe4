import { createHash } from 'node:crypto'
import { type Rule, testRules } from '../../../test/rfc-rules.ts'
import { oauthMetadata, readAuthorizationRequest } from '../src/index.ts'
import { mobileClient, pkce, queryOf, redeemed, type Values, verifier, webClient } from './authorization.ts'
import { World } from './world.ts'

const world = () => new World().register(webClient()).register(mobileClient(), undefined)

const challengeOf = (text: string): Values => ({
  ...pkce,
  code_challenge: createHash('sha256').update(text).digest('base64url'),
})

/** What the client is told, or `ask` where the user decides. */
const judged = (query: Values) => async (here: World) => {
  const text = queryOf({ response_type: 'code', client_id: 'web', ...query })
  const verdict = await readAuthorizationRequest(text, here.context)
  return verdict.kind === 'redirect' ? new URL(verdict.location).searchParams.get('error') : verdict.kind
}

const verifiers: readonly (readonly [what: string, verifier: string, expected: unknown])[] = [
  ['43 characters are enough', 'v'.repeat(43), 200],
  ['128 characters are not too many', 'v'.repeat(128), 200],
  ['every character that is allowed', `${'A-Z.a_z~0'.repeat(5)}`, 200],
  ['42 characters are too few', 'v'.repeat(42), 'invalid_grant'],
  ['129 characters are too many', 'v'.repeat(129), 'invalid_grant'],
  ['other characters', `${'v'.repeat(43)}+`, 'invalid_grant'],
  ['a line end behind it', `${'v'.repeat(43)}\n`, 'invalid_grant'],
]

const rules: readonly Rule<World>[] = [
  ...verifiers.map(([what, text, expected]) => ({
    section: '§4.1',
    rule: `code_verifier: ${what}`,
    asked: redeemed(challengeOf(text), { code_verifier: text }),
    expected,
  })),
  { section: '§4.2', rule: 'S256 is offered', asked: judged(pkce), expected: 'ask' },
  {
    section: '§4.2',
    rule: 'a code_challenge has the form of its method',
    asked: async here => [
      await judged({ ...pkce, code_challenge: 'x'.repeat(42) })(here),
      await judged({ ...pkce, code_challenge: 'x'.repeat(44) })(here),
      await judged({ ...pkce, code_challenge: `${'x'.repeat(42)}=` })(here),
    ],
    expected: ['invalid_request', 'invalid_request', 'invalid_request'],
  },
  {
    section: '§4.3',
    rule: 'without a method it is plain, which is not offered',
    asked: judged({ ...pkce, code_challenge_method: undefined }),
    expected: 'invalid_request',
  },
  {
    section: '§4.4.1',
    rule: 'a method that is not offered is refused',
    asked: async here => [
      await judged({ ...pkce, code_challenge_method: 'plain' })(here),
      await judged({ ...pkce, code_challenge_method: 's256' })(here),
    ],
    expected: ['invalid_request', 'invalid_request'],
  },
  {
    section: '§4.4.1',
    rule: 'a public client without challenge is refused',
    asked: judged({ client_id: 'mobile' }),
    expected: 'invalid_request',
  },
  {
    section: '§4.6',
    rule: 'the verifier of the challenge is accepted',
    asked: redeemed(pkce, { code_verifier: verifier }),
    expected: 200,
  },
  {
    section: '§4.6',
    rule: 'another verifier, none, and the challenge itself are refused',
    asked: async here => [
      await redeemed(pkce, { code_verifier: verifier.toUpperCase() })(here),
      await redeemed(pkce)(here),
      await redeemed(pkce, { code_verifier: pkce.code_challenge })(here),
    ],
    expected: ['invalid_grant', 'invalid_grant', 'invalid_grant'],
  },
  { section: '§5', rule: 'confidential clients without PKCE are served', asked: redeemed({}), expected: 200 },
  {
    section: '§6.2',
    rule: 'the methods are told (RFC 8414 §2)',
    asked: here => oauthMetadata(here.context).code_challenge_methods_supported,
    expected: ['S256'],
  },
]

testRules('RFC 7636', world, rules)
