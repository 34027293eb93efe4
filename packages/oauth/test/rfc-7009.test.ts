import { type Rule, testRules } from '../../../test/rfc-rules.ts'
import { oauthMetadata } from '../src/index.ts'
import { firstTokens, tokensFor } from './authorization.ts'
import { isAccepted, revoke, servicesWorld } from './token-services.ts'
import { World } from './world.ts'

const refreshed = async (here: World, refresh_token: string) => {
  const { status, error } = await tokensFor(here, { grant_type: 'refresh_token', refresh_token })
  return error ?? status
}

/** Whether access and refresh token of a user work after one of them was given back. */
const afterRevoking = (kind: 'access_token' | 'refresh_token') => async (here: World) => {
  const tokens = await firstTokens(here)
  await revoke(here, { token: tokens[kind] }, 'web')
  return [await isAccepted(here, tokens.access_token), await refreshed(here, tokens.refresh_token)]
}

const rules: readonly Rule<World>[] = [
  {
    section: '§2',
    rule: 'a client gives back its access token, which ends at once',
    asked: async here => {
      const token = await here.token('orders')
      const before = await isAccepted(here, token)
      const { status, body } = await revoke(here, { token, token_type_hint: 'access_token' })
      return [before, status, body, await isAccepted(here, token)]
    },
    expected: [true, 200, undefined, false],
  },
  {
    section: '§2',
    rule: 'with a refresh token go the access tokens of the same authorization',
    asked: afterRevoking('refresh_token'),
    expected: [false, 'invalid_grant'],
  },
  {
    section: '§2.1',
    rule: 'with an access token of a user goes its refresh token',
    asked: afterRevoking('access_token'),
    expected: [false, 'invalid_grant'],
  },
  {
    section: '§2',
    rule: 'POST only',
    asked: async here => (await revoke(here, { token: 'x' }, 'orders', { method: 'GET' })).status,
    expected: 405,
  },
  {
    section: '§2',
    rule: 'a server without certificate names its endpoint by http',
    asked: () =>
      oauthMetadata(new World({ issuer: 'http://localhost:8080', extensions: true }).context).revocation_endpoint,
    expected: 'http://localhost:8080/oauth2/api/v1/revoke',
    differs: true,
  },
  {
    section: '§2.1',
    rule: 'token is required',
    asked: async here => (await revoke(here, {})).body.error,
    expected: 'invalid_request',
  },
  {
    section: '§2.1',
    rule: 'a hint that is wrong or unknown is only a hint',
    asked: async here => {
      const accepted: boolean[] = []
      for (const token_type_hint of ['refresh_token', 'saml']) {
        const token = await here.token('orders')
        await revoke(here, { token, token_type_hint })
        accepted.push(await isAccepted(here, token))
      }
      return accepted
    },
    expected: [false, false],
  },
  {
    section: '§2.1',
    rule: 'a client has to authenticate',
    asked: async here => {
      const { status, body } = await revoke(here, { token: 'x' }, '')
      return [status, body.error]
    },
    expected: [401, 'unauthorized_client'],
  },
  {
    section: '§2.1',
    rule: 'a public client says who it is',
    asked: async here => (await revoke(here, { token: 'x', client_id: 'mobile' }, '')).status,
    expected: 200,
  },
  {
    section: '§2.1',
    rule: 'tokens of other clients stay, which is not told',
    asked: async here => {
      const [token, tokens] = [await here.token('orders'), await firstTokens(here)]
      const first = await revoke(here, { token }, 'partner')
      const second = await revoke(here, { token: tokens.refresh_token }, 'partner')
      return [first.status, second.status, await isAccepted(here, token), await refreshed(here, tokens.refresh_token)]
    },
    expected: [200, 200, true, 200],
    differs: true,
  },
  {
    section: '§2.2',
    rule: 'a token that there is not is none any more',
    asked: async here => [
      (await revoke(here, { token: '0'.repeat(32) })).status,
      (await revoke(here, { token: 'nonsense' })).status,
    ],
    expected: [200, 200],
  },
  {
    section: '§2.2.1',
    rule: 'what cannot be revoked is refused: JWTs',
    asked: async here => {
      const { status, body } = await revoke(here, { token: await here.token('orders', '&token_format=jwtrfc') })
      return [status, body.error]
    },
    expected: [400, 'unsupported_token_type'],
  },
]

testRules('RFC 7009', servicesWorld, rules)
