import { type Rule, testRules } from '../../../test/rfc-rules.ts'
import { type OAuthRequest, oauthMetadata } from '../src/index.ts'
import { codeOf, firstTokens, mobileClient, pkce, redeemed, verifier, webClient } from './authorization.ts'
import { authorizationRules } from './rfc-6749-authorization.ts'
import { application, basic, platform, settle, World } from './world.ts'

const form = 'application/x-www-form-urlencoded'
const own = 'grant_type=client_credentials'
const authorization = basic('orders', 'pa55-word')
function world(): World {
  const here = new World()
  const scope = (id: string) => ({ id, description: `To ${id}`, translations: {} })
  here.scopes.set('deviflmap', [scope('read'), scope('write')])
  return here
    .register(application({ scopes: ['read', 'write'] }))
    .register(webClient())
    .register(webClient({ id: 'other' }))
    .register(webClient({ id: 'homeless', redirectUri: undefined }))
    .register(webClient({ id: 'asking', redirectUri: 'https://web.example/answer?from=here' }))
    .register(mobileClient(), undefined)
    .register(mobileClient({ id: 'other-mobile' }), undefined)
}

/** What a token request is answered, with time passing as refusals wait. */
async function ask(here: World, request: Partial<OAuthRequest>) {
  const asked = here.request(request)
  await settle()
  here.clock.advance(60_000)
  const { status, headers, body } = await asked
  return { status, headers, body: JSON.parse(body) }
}

/** Status, and the error where there is one. */
const outcome =
  (request: Partial<OAuthRequest>) =>
  async (here: World): Promise<readonly unknown[]> => {
    const { status, body } = await ask(here, { authorization, ...request })
    return body.error === undefined ? [status] : [status, body.error]
  }

const clients: readonly Rule<World>[] = [
  {
    section: '§1.6',
    rule: 'a server without certificate names its endpoints by http',
    asked: () => oauthMetadata(new World({ issuer: 'http://localhost:8080' }).context).token_endpoint,
    expected: 'http://localhost:8080/oauth2/api/v1/token',
    differs: true,
  },
  {
    section: '§2.3',
    rule: 'credentials in the body beside the right ones in the header are ignored',
    asked: outcome({ contentType: form, body: `${own}&client_id=orders&client_secret=x` }),
    expected: [200],
    differs: true,
  },
  { section: '§2.3.1', rule: 'Basic is taken', asked: outcome({ query: own }), expected: [200] },
  {
    section: '§2.3.1',
    rule: 'ID and secret may be form-encoded in Basic',
    asked: here =>
      outcome({ query: own, authorization: basic('a%2Db', 'p%3A%25+w') })(
        here.register(application({ id: 'a-b' }), 'p:% w'),
      ),
    expected: [200],
  },
  {
    section: '§2.3.1',
    rule: 'credentials in the body are refused as unauthorized_client',
    asked: outcome({ authorization: undefined, body: `${own}&client_id=orders&client_secret=pa55-word` }),
    expected: [401, 'unauthorized_client'],
    differs: true,
  },
  {
    section: '§2.3.1',
    rule: 'credentials in the address are refused',
    asked: outcome({ authorization: undefined, query: `${own}&client_id=orders&client_secret=pa55-word` }),
    expected: [401, 'unauthorized_client'],
  },
  {
    section: '§2.3.1',
    rule: 'who tries out secrets is slowed down',
    asked: async here => {
      const delays: (number | undefined)[] = []
      for (const secret of ['a', 'b', 'c']) {
        const asked = here.request({ query: own, authorization: basic('orders', secret) })
        await settle()
        delays.push(here.clock.delays[0])
        here.clock.advance(5_000)
        await asked
      }
      return delays
    },
    expected: [200, 400, 800],
  },
  {
    section: '§2.3',
    rule: 'two Authorization headers are more than one way of authentication, also where both are right',
    asked: outcome({ query: own, authorization: `${authorization}, ${authorization}` }),
    expected: [400, 'invalid_request'],
  },
  {
    section: '§3.2.1',
    rule: 'a confidential client has to authenticate',
    asked: outcome({ authorization: undefined, query: `${own}&client_id=orders` }),
    expected: [401, 'unauthorized_client'],
  },
  {
    section: '§3.2.1',
    rule: 'a public client says who it is',
    asked: redeemed({ ...pkce, client_id: 'mobile' }, { client_id: 'mobile', code_verifier: verifier }),
    expected: 200,
  },
  {
    section: '§3.2.1',
    rule: 'a client_id that contradicts the authentication is refused',
    asked: outcome({ query: `${own}&client_id=web` }),
    expected: [400, 'invalid_request'],
  },
]

const tokenEndpoint: readonly Rule<World>[] = [
  {
    section: '§3.2',
    rule: 'POST only',
    asked: outcome({ method: 'GET', query: own }),
    expected: [405, 'invalid_request'],
  },
  {
    section: '§3.2',
    rule: 'unknown parameters are ignored, those without value are absent',
    asked: outcome({ contentType: form, body: `${own}&audience=x&scope=&audience=y` }),
    expected: [200],
  },
  {
    section: '§3.2',
    rule: 'a parameter that comes twice is refused',
    asked: outcome({ contentType: form, body: `${own}&scope=read&scope=write` }),
    expected: [400, 'invalid_request'],
  },
  {
    section: '§3.2',
    rule: 'the same value twice is taken for once, and parameters may be in the query',
    asked: outcome({ query: own, contentType: form, body: `${own}&${own}` }),
    expected: [200],
    differs: true,
  },
  {
    section: '§3.3',
    rule: 'scopes are separated by blanks, in any order',
    asked: async here => (await ask(here, { query: `${own}&scope=write+read`, authorization })).body.scopes,
    expected: ['read', 'write'],
  },
  {
    section: '§3.3',
    rule: 'scopes are separated by commas, too',
    asked: async here => (await ask(here, { query: `${own}&scope=write,read`, authorization })).body.scopes,
    expected: ['read', 'write'],
    differs: true,
  },
  {
    section: '§3.3',
    rule: 'scopes have upper and lower case',
    asked: outcome({ query: `${own}&scope=READ` }),
    expected: [400, 'invalid_scope'],
  },
  {
    section: '§3.3',
    rule: 'without scope there is a default: all that the client has, none of a user',
    asked: async here => [
      (await ask(here, { query: own, authorization })).body.scopes,
      (await firstTokens(here)).scopes,
    ],
    expected: [['read', 'write'], []],
  },
  {
    section: '§4.3',
    rule: 'the password grant is not offered',
    asked: outcome({ query: 'grant_type=password&username=ann&password=x' }),
    expected: [400, 'unsupported_grant_type'],
  },
  {
    section: '§4.4',
    rule: 'client credentials are for confidential clients, whatever is registered',
    asked: async here => {
      here.register(mobileClient({ id: 'misfit', grant: 'client_credentials' }), undefined)
      const answers = ['mobile', 'misfit'].map(id =>
        outcome({ authorization: undefined, query: `${own}&client_id=${id}` })(here),
      )
      return [...(await Promise.all(answers)), here.tokens.size]
    },
    expected: [[400, 'unauthorized_client'], [400, 'unauthorized_client'], 0],
  },
  {
    section: '§3.2.1',
    rule: 'a client of the platform is none at the endpoint for applications, not even one without a secret',
    asked: here =>
      outcome({ authorization: undefined, query: `${own}&client_id=operations` })(
        here.register(platform({ confidential: false }), undefined),
      ),
    expected: [401, 'unauthorized_client'],
  },
  {
    section: '§4.4.3',
    rule: 'client credentials give no refresh token',
    asked: async here => Object.keys((await ask(here, { query: own, authorization })).body),
    expected: ['access_token', 'token_type', 'expires_in', 'scopes'],
  },
  {
    section: '§4.5',
    rule: 'an unknown extension grant is refused',
    asked: outcome({ query: `grant_type=${encodeURIComponent('urn:example:grant')}` }),
    expected: [400, 'unsupported_grant_type'],
  },
  {
    section: '§5.1',
    rule: 'tokens are JSON that nobody keeps',
    asked: async here => {
      const { status, headers } = await ask(here, { query: own, authorization })
      return [status, headers]
    },
    expected: [200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', Pragma: 'no-cache' }],
  },
  {
    section: '§5.1',
    rule: 'type and lifetime are told, and the refresh token of a user',
    asked: async here => {
      const { access_token, refresh_token, ...rest } = (
        await ask(here, {
          authorization: basic('web', 'pa55-word'),
          body: `grant_type=authorization_code&code=${await codeOf(here)}`,
        })
      ).body
      return [typeof access_token, typeof refresh_token, rest]
    },
    expected: ['string', 'string', { token_type: 'Bearer', expires_in: 3600, scopes: [] }],
  },
  {
    section: '§5.1',
    rule: 'granted scopes are an array named scopes for application clients',
    asked: async here => {
      const { scope, scopes } = (await ask(here, { query: `${own}&scope=read`, authorization })).body
      return { scope, scopes }
    },
    expected: { scope: undefined, scopes: ['read'] },
    differs: true,
  },
  ...(
    [
      ['a missing grant_type', { query: '' }, [400, 'invalid_request']],
      ['a broken escape', { query: `${own}&scope=%e4` }, [400, 'invalid_request']],
      ['an unknown client', { query: own, authorization: basic('nobody', 'x') }, [401, 'invalid_client']],
      ['a wrong secret', { query: own, authorization: basic('orders', 'x') }, [401, 'invalid_client']],
      [
        'an unknown code',
        { query: 'grant_type=authorization_code&code=x', authorization: basic('web', 'pa55-word') },
        [400, 'invalid_grant'],
      ],
      [
        "a grant that is not the client's",
        { query: 'grant_type=refresh_token&refresh_token=x' },
        [400, 'unauthorized_client'],
      ],
      ['an unknown grant', { query: 'grant_type=x' }, [400, 'unsupported_grant_type']],
      ['a scope that the client lacks', { query: `${own}&scope=admin` }, [400, 'invalid_scope']],
    ] as const
  ).map(([what, request, expected]) => ({
    section: '§5.2',
    rule: `${what}: ${expected.join(' ')}`,
    asked: outcome(request),
    expected,
  })),
  {
    section: '§5.2',
    rule: 'a refused authentication is challenged in its own scheme',
    asked: async here => {
      const { headers } = await ask(here, { query: own, authorization: basic('orders', 'x') })
      return headers['WWW-Authenticate']?.split(' ')[0]
    },
    expected: 'Basic',
  },
  {
    section: '§5.2',
    rule: 'errors are not kept either, and described in the characters that are allowed',
    asked: async here => {
      const { headers, body } = await ask(here, { query: 'grant_type=x', authorization })
      return [headers['Cache-Control'], headers.Pragma, /^[ !#-[\]-~]+$/.test(body.error_description)]
    },
    expected: ['no-store', 'no-cache', true],
  },
  {
    section: '§5.2',
    rule: 'no credentials at all: unauthorized_client instead of invalid_client, with 401',
    asked: outcome({ query: own, authorization: undefined }),
    expected: [401, 'unauthorized_client'],
    differs: true,
  },
]

testRules('RFC 6749', world, [...clients, ...authorizationRules, ...tokenEndpoint])
