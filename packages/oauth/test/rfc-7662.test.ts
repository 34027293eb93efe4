import { type Rule, testRules } from '../../../test/rfc-rules.ts'
import { firstTokens } from './authorization.ts'
import { introspect, servicesWorld } from './token-services.ts'
import type { World } from './world.ts'

const inactive = { active: false }
const described = {
  ...{ active: true, token_type: 'Bearer', scope: '', client_id: 'orders' },
  ...{ username: 'oauth_client_orders', sub: 'oauth_client_orders' },
  ...{ aud: 'sluice/deviflmap', iss: 'https://sluice.example', exp: Date.UTC(2026, 0, 1, 1) / 1000 },
}

const told = async (here: World, token: string, client?: string) => (await introspect(here, { token }, client)).body

const refused =
  (parameters: Record<string, string>, client: string) =>
  async (here: World): Promise<unknown> => {
    const { status, headers, body } = await introspect(here, parameters, client)
    return [status, body.error, headers['WWW-Authenticate']?.split(' ')[0]]
  }

const rules: readonly Rule<World>[] = [
  {
    section: '§2.1',
    rule: 'POST only',
    asked: async here => (await introspect(here, { token: 'x' }, 'orders', { method: 'GET' })).status,
    expected: 405,
  },
  {
    section: '§2.1',
    rule: 'token is required',
    asked: async here => (await introspect(here, {})).body.error,
    expected: 'invalid_request',
  },
  {
    section: '§2.1',
    rule: 'a hint that is wrong or unknown is only a hint',
    asked: async here => {
      const token = await here.token('orders')
      return (await introspect(here, { token, token_type_hint: 'refresh_token' })).body.active
    },
    expected: true,
  },
  {
    section: '§2.1',
    rule: 'who asks has to authenticate: unauthorized_client instead of invalid_client',
    asked: refused({ token: 'x' }, ''),
    expected: [401, 'unauthorized_client', 'Basic'],
    differs: true,
  },
  {
    section: '§2.2',
    rule: 'what is told of an opaque token and of a JWT, also to other clients of its application',
    asked: async here => {
      const start = here.clock.now()
      const answers: unknown[] = []
      for (const format of ['', '&token_format=jwtrfc']) {
        const token = await here.token('orders', format)
        for (const client of ['orders', 'partner']) answers.push(await told(here, token, client))
        here.clock.advance(start - here.clock.now())
      }
      return answers
    },
    expected: [described, described, described, described],
  },
  {
    section: '§2.2',
    rule: 'of a token that is expired, unknown, revoked or no token nothing is told but that',
    asked: async here => {
      const [expired, revoked] = [await here.token('orders'), await here.token('orders')]
      here.deleteToken(revoked)
      here.clock.advance(3_600_000)
      const tokens = [expired, revoked, '0'.repeat(32), 'a.b.c', 'x'.repeat(10_000)]
      return Promise.all(tokens.map(token => told(here, token)))
    },
    expected: [inactive, inactive, inactive, inactive, inactive],
  },
  {
    section: '§2.2',
    rule: 'of a token of another application nothing is told either, nor of a refresh token',
    asked: async here => [
      await told(here, await here.token('api')),
      await told(here, (await firstTokens(here)).refresh_token),
    ],
    expected: [inactive, inactive],
  },
  {
    section: '§2.2',
    rule: 'the answer is JSON, which nobody keeps',
    asked: async here => {
      const { headers } = await introspect(here, { token: 'x' })
      return [headers['Content-Type'], headers['Cache-Control']]
    },
    expected: ['application/json', 'no-store'],
  },
  {
    section: '§2.3',
    rule: 'wrong credentials are answered as at the token endpoint',
    asked: async here => {
      const authorization = `Basic ${btoa('orders:wrong')}`
      const asked = introspect(here, { token: 'x' }, 'orders', { authorization })
      await new Promise(resolve => setImmediate(resolve))
      here.clock.advance(60_000)
      const { status, body } = await asked
      return [status, body.error]
    },
    expected: [401, 'invalid_client'],
  },
  {
    section: '§4',
    rule: 'who could ask without a secret could try tokens out: public clients are refused',
    asked: refused({ token: 'x', client_id: 'mobile' }, ''),
    expected: [401, 'unauthorized_client', 'Basic'],
  },
]

testRules('RFC 7662', servicesWorld, rules)
