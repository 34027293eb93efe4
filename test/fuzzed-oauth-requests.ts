import fc from 'fast-check'
import {
  authorizations,
  contentType,
  type FuzzRequest,
  junk,
  methods,
  near,
  parameter,
  stray,
  strayHeaders,
} from './fuzzed-oauth.ts'

/** The clients that requests name: `orders` by client credentials, the others by codes; `swift` skips the consent page. */
export const fuzzClients = {
  secret: 'zq7-secret-of-a-client',
  redirectUri: 'https://web.example/answer',
  appUri: 'com.example.app:/answer',
} as const
const { secret: clientSecret, redirectUri, appUri } = fuzzClients

export const verifier = 'v'.repeat(43)
export const challenge = '8lPe0MDMu8ZO4Zja0rqK4ktgD79_h0dmzF5ASvqH9IM'

const paths = fc.oneof(
  { weight: 20, arbitrary: fc.constant('/oauth2/api/v1/token') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '/oauth/token',
      '/OAuth2/API/v1/Token/',
      '/oauth2/apitoken/v1',
      '/oauth2/api/v1/apitoken',
      '/oauth2/api/v1/token/x',
      '/oauth2/api/v1/token?',
      '//oauth2/api/v1/token',
    ),
  },
)

const names = [
  ...['grant_type', 'code', 'redirect_uri', 'code_verifier', 'refresh_token', 'scope', 'token_format', 'client_id'],
  ...['client_secret', 'assertion', 'client_assertion', 'client_assertion_type', 'username', 'password', 'resource'],
]

/** Parameters with the clients that send them. */
const grants = [
  {
    weight: 8,
    clients: ['orders'],
    parameters: [
      parameter('grant_type', near('client_credentials')),
      parameter('token_format', near('', '', '', '', 'jwt', 'jwtrfc')),
      parameter('scope', near('', '', '', '', '', '', '', '', '', 'read')),
    ],
  },
  {
    weight: 2,
    clients: ['swift'],
    parameters: [
      parameter('grant_type', near('authorization_code', 'code')),
      parameter('code', near('{code}')),
      parameter('redirect_uri', near('', '', redirectUri)),
    ],
  },
  {
    weight: 2,
    clients: ['swift'],
    parameters: [
      parameter('grant_type', near('authorization_code')),
      parameter('code', near('{boundCode}')),
      parameter('code_verifier', near(verifier)),
    ],
  },
  {
    weight: 2,
    clients: ['swift'],
    parameters: [
      parameter('grant_type', near('refresh_token')),
      parameter('refresh_token', near('{refreshToken}')),
      parameter('scope', near('', '', 'read')),
    ],
  },
  {
    weight: 1,
    clients: ['orders', 'swift'],
    parameters: [
      parameter(
        'grant_type',
        near(
          'urn:ietf:params:oauth:grant-type:saml2-bearer',
          'urn:ietf:params:oauth:grant-type:jwt-bearer',
          'password',
        ),
      ),
      parameter('assertion', near('PEFzc2VydGlvbi8-', 'a.b.c')),
      parameter('username', near('ann')),
      parameter('client_assertion_type', near('', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')),
      parameter('client_assertion', near('', 'eyJhbGciOiJub25lIn0.e30.')),
    ],
  },
]

/** Requests for tokens, with `{code}`, `{boundCode}` and `{refreshToken}` of `swift` in them. */
export const tokenRequests: fc.Arbitrary<FuzzRequest> = fc.oneof(
  ...grants.map(({ weight, clients, parameters }) => ({
    weight,
    arbitrary: fc
      .tuple(
        fc.tuple(methods('POST'), paths),
        fc.tuple(...parameters),
        stray(names),
        authorizations(clients.map(id => [id, clientSecret] as const)),
        contentType,
        strayHeaders,
      )
      .map(([[method, path], own, more, authorization, type, headers]) => ({
        ...{ method, path },
        parameters: [...own, ...more],
        headers: [...authorization, ...type, ...headers],
      })),
  })),
)

/** Introspection and revocation, with `{token}`, `{jwt}` and `{refreshToken}` in them. */
export const serviceRequests: fc.Arbitrary<FuzzRequest> = fc
  .tuple(
    fc.tuple(methods('POST'), near('/oauth2/api/v1/introspect', '/oauth2/api/v1/introspect', '/oauth2/api/v1/revoke')),
    fc.tuple(
      parameter('token', near('{token}', '{jwt}', '{refreshToken}')),
      parameter('token_type_hint', near('', 'access_token', 'refresh_token')),
    ),
    stray([...names, 'token']),
    authorizations([
      ['orders', clientSecret],
      ['swift', clientSecret],
    ]),
    contentType,
    strayHeaders,
  )
  .map(([[method, path], own, more, authorization, type, headers]) => ({
    ...{ method, path: path.startsWith('/') ? path : `/${path}` },
    parameters: [...own, ...more],
    headers: [...authorization, ...type, ...headers],
  }))

const inQuery = fc.constant<'query'>('query')

const clients = [
  { id: 'web', uri: redirectUri, method: near('', 'S256') },
  { id: 'swift', uri: redirectUri, method: near('', 'S256') },
  { id: 'app', uri: appUri, method: near('S256') },
]

/** The parameters of an authorization request; the same for the page and for its form. */
export const authorizationRequest = fc.oneof(
  ...clients.map(({ id, uri, method }) =>
    fc
      .tuple(
        parameter('response_type', near('code'), inQuery),
        parameter('client_id', near(id), inQuery),
        parameter('redirect_uri', near('', uri), inQuery),
        parameter('scope', near('', 'read', 'read write'), inQuery),
        parameter('state', fc.oneof(fc.constant('a state'), junk), inQuery),
        fc.tuple(method, near(challenge)),
      )
      .map(([type, client, redirect, scope, state, [codeMethod, codeChallenge]]) => [
        ...[type, client, redirect, scope, state],
        ...(codeMethod === ''
          ? []
          : ([
              { name: 'code_challenge_method', value: codeMethod, place: 'query', encoding: 'form' },
              { name: 'code_challenge', value: codeChallenge, place: 'query', encoding: 'form' },
            ] as const)),
      ]),
  ),
)
