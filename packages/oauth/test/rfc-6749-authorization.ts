import type { Rule } from '../../../test/rfc-rules.ts'
import { allowAuthorization, denyAuthorization, readAuthorizationRequest } from '../src/index.ts'
import {
  ann,
  askUser,
  codeOf,
  firstTokens,
  mobileClient,
  pkce,
  queryOf,
  redeemed,
  tokensFor,
  type Values,
  verifier,
  webClient,
} from './authorization.ts'
import type { World } from './world.ts'

/** Where an authorization request leads: to the user, to an error page, or back to the client with an error. */
const judged = (query: Values | string) => async (here: World) => {
  const text = typeof query === 'string' ? query : queryOf({ response_type: 'code', client_id: 'web', ...query })
  const verdict = await readAuthorizationRequest(text, here.context)
  return verdict.kind === 'redirect' ? new URL(verdict.location).searchParams.get('error') : verdict.kind
}

const refresh = (here: World, refresh_token: string, more: Values = {}) =>
  tokensFor(here, { grant_type: 'refresh_token', refresh_token, ...more })

const isAccepted = async (here: World, token: string) => {
  here.context.validator.forgetToken(new Uint8Array())
  return (await here.validate(token)).accepted
}

/** Where the browser goes when the user agrees. */
const agreed = async (here: World, asked: Values) => {
  const request = await askUser(here, { client_id: 'web', ...asked })
  return new URL((await allowAuthorization(request, ann, here.context)) ?? '').searchParams
}

const authorizationEndpoint: readonly Rule<World>[] = [
  { section: '§3.1', rule: 'unknown parameters are ignored', asked: judged({ prompt: 'login' }), expected: 'ask' },
  {
    section: '§3.1',
    rule: 'a parameter without value is absent',
    asked: judged({ redirect_uri: '' }),
    expected: 'ask',
  },
  {
    section: '§3.1',
    rule: 'a parameter that comes twice is refused',
    asked: judged('response_type=code&client_id=web&state=a&state=b'),
    expected: 'refuse',
  },
  {
    section: '§3.1',
    rule: 'the same value twice is taken for once',
    asked: judged('response_type=code&client_id=web&client_id=web'),
    expected: 'ask',
    differs: true,
  },
  {
    section: '§3.1.1',
    rule: 'response_type is required',
    asked: judged({ response_type: undefined }),
    expected: 'invalid_request',
  },
  {
    section: '§3.1.1',
    rule: 'an unknown response_type is refused',
    asked: judged({ response_type: 'code foo' }),
    expected: 'unsupported_response_type',
  },
  {
    section: '§3.1.2',
    rule: 'the query of a redirect URI is kept',
    asked: async here => (await agreed(here, { client_id: 'asking' })).get('from'),
    expected: 'here',
  },
  {
    section: '§3.1.2.2',
    rule: 'a client without redirect URI gets no authorization that way',
    asked: judged({ client_id: 'homeless', redirect_uri: 'https://web.example/answer' }),
    expected: 'refuse',
  },
  {
    section: '§3.1.2.3',
    rule: 'a redirect URI other than the registered one is refused',
    asked: judged({ redirect_uri: 'https://web.example/answer/' }),
    expected: 'refuse',
  },
  {
    section: '§3.1.2.3',
    rule: 'redirect_uri may be left out, as a whole one is registered',
    asked: async here => (await askUser(here, { client_id: 'web' })).redirectUri,
    expected: 'https://web.example/answer',
  },
  {
    section: '§3.1.2.4',
    rule: 'where the redirect URI is wrong the user is told, whatever else is wrong',
    asked: judged({ redirect_uri: 'https://evil.example/', response_type: 'token', scope: 'admin' }),
    expected: 'refuse',
  },
  {
    section: '§4.1.1',
    rule: 'client_id is required and has to be known',
    asked: async here => [await judged({ client_id: undefined })(here), await judged({ client_id: 'nobody' })(here)],
    expected: ['refuse', 'refuse'],
  },
  {
    section: '§4.1.2',
    rule: 'state comes back as it was, with the code',
    asked: async here => {
      const answer = await agreed(here, { state: 'a b&c=ü%20"' })
      return [answer.get('state'), answer.has('code')]
    },
    expected: ['a b&c=ü%20"', true],
  },
  {
    section: '§4.1.2.1',
    rule: 'state comes back with an error, too',
    asked: async here => {
      const verdict = await readAuthorizationRequest('client_id=web&state=a%26b', here.context)
      return verdict.kind === 'redirect' && new URL(verdict.location).searchParams.get('state')
    },
    expected: 'a&b',
  },
  {
    section: '§4.1.2.1',
    rule: 'a client of another grant: unauthorized_client',
    asked: here =>
      judged({ client_id: 'moved' })(here.register(webClient({ id: 'moved', grant: 'client_credentials' }))),
    expected: 'unauthorized_client',
  },
  {
    section: '§4.1.2.1',
    rule: 'a user who does not agree: access_denied',
    asked: async here => {
      const location = await denyAuthorization(await askUser(here, { client_id: 'web' }), ann, here.context)
      return [new URL(location).searchParams.get('error'), here.authorizations.size]
    },
    expected: ['access_denied', 0],
  },
  {
    section: '§4.1.2.1',
    rule: 'an unknown scope: invalid_scope',
    asked: judged({ scope: 'read admin' }),
    expected: 'invalid_scope',
  },
  {
    section: '§4.2',
    rule: 'the implicit grant is not offered',
    asked: judged({ response_type: 'token' }),
    expected: 'unsupported_response_type',
  },
]

const codes: readonly Rule<World>[] = [
  {
    section: '§4.1.2',
    rule: 'a code is good for ten minutes',
    asked: async here => {
      const [early, late] = [await codeOf(here), await codeOf(here)]
      here.clock.advance(599_999)
      const { status } = await tokensFor(here, { code: early })
      here.clock.advance(1)
      return [status, (await tokensFor(here, { code: late })).error]
    },
    expected: [200, 'invalid_grant'],
  },
  {
    section: '§4.1.2',
    rule: 'a code is good once, and a second use ends what came of the first',
    asked: async here => {
      const code = await codeOf(here)
      const first = await tokensFor(here, { code })
      const next = await refresh(here, first.refresh_token)
      return [
        (await tokensFor(here, { code })).error,
        await isAccepted(here, first.access_token),
        await isAccepted(here, next.access_token),
        (await refresh(here, next.refresh_token)).error,
      ]
    },
    expected: ['invalid_grant', false, false, 'invalid_grant'],
  },
  {
    section: '§4.1.3',
    rule: 'the redirect_uri of the authorization request has to be told again',
    asked: async here => {
      const asked = { redirect_uri: 'https://web.example/answer' }
      return [
        await redeemed(asked, asked)(here),
        await redeemed(asked)(here),
        await redeemed(asked, { redirect_uri: 'https://web.example/other' })(here),
      ]
    },
    expected: [200, 'invalid_grant', 'invalid_grant'],
  },
  {
    section: '§4.1.3',
    rule: 'a redirect_uri where there was none has to be the registered one',
    asked: async here => [
      await redeemed({}, { redirect_uri: 'https://web.example/answer' })(here),
      await redeemed({}, { redirect_uri: 'https://web.example/other' })(here),
    ],
    expected: [200, 'invalid_grant'],
  },
  {
    section: '§4.1.3',
    rule: 'a code is good for its client only, and stays good when another tries it',
    asked: async here => {
      const code = await codeOf(here, { ...pkce, client_id: 'mobile' })
      const asked = { code, code_verifier: verifier }
      const stolen = await tokensFor(here, { ...asked, client_id: 'other-mobile' })
      return [stolen.error, (await tokensFor(here, { ...asked, client_id: 'mobile' })).status]
    },
    expected: ['invalid_grant', 200],
  },
  {
    section: '§4.1.3',
    rule: 'a code used by somebody else ends nothing of its client',
    asked: async here => {
      const code = await codeOf(here, { ...pkce, client_id: 'mobile' })
      const asked = { code, code_verifier: verifier }
      const { access_token } = await tokensFor(here, { ...asked, client_id: 'mobile' })
      const { error } = await tokensFor(here, { ...asked, client_id: 'other-mobile' })
      return [error, await isAccepted(here, access_token)]
    },
    expected: ['invalid_grant', true],
  },
  {
    section: '§4.1.3',
    rule: 'code is required',
    asked: async here => (await tokensFor(here, {})).error,
    expected: 'invalid_request',
  },
  {
    section: '§4.1.3',
    rule: 'a confidential client cannot pass for a public one',
    asked: async here => (await tokensFor(here, { code: await codeOf(here), client_id: 'web' })).status,
    expected: 401,
  },
]

const refreshing: readonly Rule<World>[] = [
  {
    section: '§6',
    rule: 'a refresh token gives a token with the same scopes, unless fewer are asked for',
    asked: async here => {
      const first = await firstTokens(here, { scope: 'read write' })
      const fewer = await refresh(here, first.refresh_token, { scope: 'write' })
      // The scope of the next refresh token is that of the one before.
      const all = await refresh(here, fewer.refresh_token)
      return [first.scopes, fewer.scopes, all.scopes]
    },
    expected: [['read', 'write'], ['write'], ['read', 'write']],
  },
  {
    section: '§6',
    rule: 'more scopes than the user allowed are refused, which uses nothing up',
    asked: async here => {
      const { refresh_token } = await firstTokens(here, { scope: 'read' })
      const { error } = await refresh(here, refresh_token, { scope: 'read write' })
      return [error, (await refresh(here, refresh_token)).status]
    },
    expected: ['invalid_scope', 200],
  },
  {
    section: '§6',
    rule: 'a refresh token is good for its client only, and stays good when another tries it',
    asked: async here => {
      const code = await codeOf(here, { ...pkce, client_id: 'mobile' })
      const { refresh_token } = await tokensFor(here, { code, client_id: 'mobile', code_verifier: verifier })
      const { error } = await refresh(here, refresh_token, { client_id: 'other-mobile' })
      return [error, (await refresh(here, refresh_token, { client_id: 'mobile' })).status]
    },
    expected: ['invalid_grant', 200],
  },
  {
    section: '§6',
    rule: 'a confidential client has to authenticate',
    asked: async here => {
      const { refresh_token } = await firstTokens(here)
      return (await refresh(here, refresh_token, { client_id: 'web' })).status
    },
    expected: 401,
  },
  {
    section: '§6',
    rule: 'refresh_token is required',
    asked: async here => (await tokensFor(here, { grant_type: 'refresh_token' })).error,
    expected: 'invalid_request',
  },
  {
    section: '§10.2',
    rule: 'a client may be registered to skip the consent page, also one that cannot authenticate',
    asked: async here => {
      here.register(mobileClient({ skipConsent: true }), undefined)
      await agreed(here, { ...pkce, client_id: 'mobile' })
      return here.events.flatMap(({ object, clientId, method }) => (object === 'consent' ? [[clientId, method]] : []))
    },
    expected: [['mobile', 'registered-to-skip']],
    differs: true,
  },
  {
    section: '§10.4',
    rule: 'refresh tokens rotate: the one before is used up',
    asked: async here => {
      const first = await firstTokens(here)
      const second = await refresh(here, first.refresh_token)
      return [first.refresh_token === second.refresh_token, (await refresh(here, first.refresh_token)).error]
    },
    expected: [false, 'invalid_grant'],
  },
  {
    section: '§10.10',
    rule: 'codes and refresh tokens have 160 bits',
    asked: async here => {
      const code = await codeOf(here)
      return [code, (await tokensFor(here, { code })).refresh_token].map(text => /^[0-9a-f]{40}$/.test(text))
    },
    expected: [true, true],
  },
  {
    section: '§10.10',
    rule: 'access tokens have 128 bits, as those of the original have, not 160',
    asked: async here => /^[0-9a-f]{32}$/.test(await here.token('orders')),
    expected: true,
    differs: true,
  },
]

/** The rules about users who let clients act in their name: authorization endpoint, codes, refresh tokens. */
export const authorizationRules = [...authorizationEndpoint, ...codes, ...refreshing]
