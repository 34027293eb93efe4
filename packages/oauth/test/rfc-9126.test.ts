import { type Rule, testRules } from '../../../test/rfc-rules.ts'
import {
  allowAuthorization,
  denyAuthorization,
  type OAuthRequest,
  oauthMetadata,
  pushedAuthorizationEndpoint,
  readAuthorizationRequest,
} from '../src/index.ts'
import { ann, challenge, mobileClient, pkce, queryOf, type Values, webClient } from './authorization.ts'
import { clientKey } from './client-keys.ts'
import { type Answer, answerOf, assertion, dpopProof, form, issuer, sha256 } from './proofs.ts'
import { application, basic, World } from './world.ts'

const key = clientKey()

const world = () => {
  const here = new World({ extensions: true })
    .register(webClient())
    .register(webClient({ id: 'other' }))
    .register(webClient({ id: 'strict', requirePushedAuthorizationRequests: true }))
    .register(webClient({ id: 'robot', keyAuthentication: { method: 'private_key_jwt', keys: [key.jwk] } }), undefined)
    .register(mobileClient(), undefined)
    .register(application())
  here.scopes.set('deviflmap', [{ id: 'read', description: 'Read', translations: {} }])
  return here
}

const asked = { response_type: 'code', scope: 'read', state: 's t', ...pkce }

function push(here: World, parameters: Values, client = 'web', more: Partial<OAuthRequest> = {}): Promise<Answer> {
  const authorization = client === '' ? undefined : basic(client, 'pa55-word')
  const request = {
    ...{ method: 'POST', query: '', authorization, address: '192.0.2.1', path: '/oauth2/api/v1/par' },
    ...form(parameters),
    ...more,
  }
  return answerOf(here, pushedAuthorizationEndpoint(request, here.context))
}

const pushed = async (here: World, client = 'web', parameters: Values = asked): Promise<string> =>
  (await push(here, parameters, client)).body.request_uri

const outcome = ({ status, body }: Answer) => (status === 201 ? 201 : `${status} ${body.error}`)

const open = (here: World, parameters: Values) => readAuthorizationRequest(queryOf(parameters), here.context)

/** `ask`, or why not. */
async function opened(here: World, parameters: Values): Promise<string> {
  const verdict = await open(here, parameters)
  if (verdict.kind === 'refuse') return verdict.problem
  if (verdict.kind === 'redirect') return new URL(verdict.location).searchParams.get('error') ?? ''
  return verdict.kind
}

async function requestOf(here: World, request_uri: string, client_id = 'web') {
  const verdict = await open(here, { client_id, request_uri })
  if (verdict.kind !== 'ask') throw new Error(`Expected a request, found ${JSON.stringify(verdict)}`)
  return verdict.request
}

const rules: readonly Rule<World>[] = [
  {
    section: '§2.2',
    rule: 'what is answered is a URN that cannot be guessed, and how long it lives',
    asked: async here => {
      const { status, body } = await push(here, asked)
      return [status, /^urn:ietf:params:oauth:request_uri:[0-9a-f]{40}$/.test(body.request_uri), body.expires_in]
    },
    expected: [201, true, 60],
  },
  {
    section: '§4',
    rule: 'the user is asked about what was pushed, whatever else the query says',
    asked: async here => {
      const request_uri = await pushed(here)
      const query = { client_id: 'web', request_uri, scope: 'admin', state: 'x', redirect_uri: 'https://evil.example/' }
      const verdict = await open(here, query)
      if (verdict.kind !== 'ask') return verdict
      const { client, redirectUri, state, scopes, codeChallenge } = verdict.request
      return [client.id, redirectUri, state, scopes.map(({ id }) => id), codeChallenge]
    },
    expected: ['web', 'https://web.example/answer', 's t', ['read'], challenge],
  },
  {
    section: '§2',
    rule: 'the client authenticates as at the token endpoint',
    asked: async here => [
      outcome(await push(here, { ...asked, client_id: 'mobile' }, '')),
      outcome(await push(here, { ...asked, ...assertion(here, key) }, '')),
      outcome(await push(here, asked, '', { authorization: basic('web', 'wrong') })),
      outcome(await push(here, { ...asked, client_id: 'web' }, '')),
      outcome(await push(here, { ...asked, client_id: 'other' })),
    ],
    expected: [201, 201, '401 invalid_client', '401 unauthorized_client', '400 invalid_request'],
  },
  {
    section: '§2.1',
    rule: 'no request_uri in it',
    asked: async here => outcome(await push(here, { ...asked, request_uri: 'urn:x' })),
    expected: '400 invalid_request',
  },
  {
    section: '§2.3',
    rule: 'what would be refused later is refused at once',
    asked: async here => {
      const wrong: Values[] = [
        { response_type: undefined },
        { response_type: 'token' },
        { scope: 'admin' },
        { redirect_uri: 'https://evil.example/' },
        { code_challenge_method: 'plain' },
        { dpop_jkt: 'short' },
      ]
      const answers = []
      for (const values of wrong) answers.push(outcome(await push(here, { ...asked, ...values })))
      return [...answers, outcome(await push(here, asked, 'orders'))]
    },
    expected: [
      '400 invalid_request',
      '400 unsupported_response_type',
      '400 invalid_scope',
      ...Array(3).fill('400 invalid_request'),
      '400 invalid_request',
    ],
  },
  {
    section: '§2.3',
    rule: 'POST only, and not too long',
    asked: async here => [
      outcome(await push(here, asked, 'web', { method: 'GET' })),
      outcome(await push(here, { ...asked, state: 'ü'.repeat(3000) })),
      outcome(await push(here, { ...asked, state: 'x'.repeat(70_000) })),
    ],
    expected: ['405 invalid_request', '400 invalid_request', '400 invalid_request'],
  },
  {
    section: '§4',
    rule: 'a request_uri of another client, of nobody or of another kind is refused',
    asked: async here => [
      await opened(here, { client_id: 'other', request_uri: await pushed(here) }),
      await opened(here, { client_id: 'web', request_uri: `urn:ietf:params:oauth:request_uri:${'0'.repeat(40)}` }),
      await opened(here, { client_id: 'web', request_uri: 'https://evil.example/request.jwt' }),
      await opened(here, { client_id: 'web', request_uri: 'x'.repeat(9000) }),
      await opened(here, { request_uri: await pushed(here) }),
    ],
    expected: ['stale-request', 'stale-request', 'stale-request', 'malformed', 'unknown-client'],
  },
  {
    section: '§2.2',
    rule: 'it has to be opened within a minute; the answer may take ten, and the page be loaded again',
    asked: async here => {
      const [first, second] = [await pushed(here), await pushed(here)]
      here.clock.advance(59_999)
      const answers = [await opened(here, { client_id: 'web', request_uri: first })]
      here.clock.advance(1)
      answers.push(await opened(here, { client_id: 'web', request_uri: second }))
      here.clock.advance(599_998)
      answers.push(await opened(here, { client_id: 'web', request_uri: first }))
      here.clock.advance(1)
      return [...answers, await opened(here, { client_id: 'web', request_uri: first })]
    },
    expected: ['ask', 'stale-request', 'ask', 'stale-request'],
  },
  {
    section: '§7.3',
    rule: 'it is answered once, also when it is answered twice at the same time',
    asked: async here => {
      const request = await requestOf(here, await pushed(here))
      const answers = await Promise.all([
        allowAuthorization(request, ann, here.context),
        allowAuthorization(request, ann, here.context),
        denyAuthorization(request, ann, here.context),
      ])
      const parameters = answers.map(location => new URL(location ?? '').searchParams)
      return [parameters.map(all => all.has('code')), parameters.map(all => all.get('error'))]
    },
    expected: [
      [true, false, false],
      [null, 'invalid_request', 'invalid_request'],
    ],
  },
  {
    section: '§7.3',
    rule: 'once answered it cannot be opened again',
    asked: async here => {
      const request_uri = await pushed(here)
      await denyAuthorization(await requestOf(here, request_uri), ann, here.context)
      return opened(here, { client_id: 'web', request_uri })
    },
    expected: 'stale-request',
  },
  {
    section: '§7.4',
    rule: 'what is asked is judged again when the user comes, by what the client is then',
    asked: async here => {
      const uris = await Promise.all(
        [1, 2, 3].map(() => pushed(here, 'web', { ...asked, redirect_uri: 'https://web.example/answer' })),
      )
      const answers: string[] = []
      for (const [index, change] of [
        () => here.register(webClient({ redirectUri: 'https://web.example/moved' })),
        () => here.register(webClient({ grant: 'client_credentials' })),
        () => here.register(webClient()).scopes.clear(),
      ].entries()) {
        change()
        answers.push(await opened(here, { client_id: 'web', request_uri: uris[index] }))
      }
      return answers
    },
    expected: ['other-redirect-uri', 'unauthorized_client', 'invalid_scope'],
  },
  {
    section: '§6',
    rule: 'a client that is registered for it cannot do without',
    asked: async here => [
      await opened(here, { client_id: 'strict', ...asked }),
      await opened(here, { client_id: 'strict', request_uri: await pushed(here, 'strict') }),
    ],
    expected: ['invalid_request', 'ask'],
  },
  {
    section: '§5',
    rule: 'metadata names the endpoint where it is offered',
    asked: ({ context }) =>
      [context, new World().context].map(here => oauthMetadata(here).pushed_authorization_request_endpoint),
    expected: [`${issuer}/oauth2/api/v1/par`, undefined],
  },
  {
    section: '§2.3',
    rule: 'from one address a client has a thousand at a time, and other addresses and clients theirs',
    asked: async here => {
      for (let count = 0; count < 1000; count++) await push(here, asked)
      const elsewhere = { address: '192.0.2.2' }
      return [
        outcome(await push(here, asked)),
        outcome(await push(here, asked, 'web', elsewhere)),
        outcome(await push(here, asked, 'other')),
      ]
    },
    expected: ['429 temporarily_unavailable', 201, 201],
  },
  {
    section: '§2.3',
    rule: 'what is one too many leaves nothing behind, no proof either',
    asked: async here => {
      here.pushedRequests.insert = async () => false
      const dpop = dpopProof(here, key, { payload: { htu: `${issuer}/oauth2/api/v1/par` } })
      const authorization = basic('web', 'pa55-word')
      const request = { method: 'POST', query: '', authorization, address: '192.0.2.1', ...form(asked) }
      return [
        outcome(await push(here, asked, 'web', { dpop })),
        here.usedProofs.size,
        (await pushedAuthorizationEndpoint(request, here.context)).headers['Retry-After'],
      ]
    },
    expected: ['429 temporarily_unavailable', 0, '60'],
  },
  {
    section: '§2',
    rule: 'with a DPoP proof the code is bound to its key (RFC 9449 §10.1)',
    asked: async here => {
      const par = { payload: { htu: `${issuer}/oauth2/api/v1/par` } }
      const dpop = dpopProof(here, key, par)
      const { body } = await push(here, asked, 'web', { dpop })
      const { dpopJkt } = await requestOf(here, body.request_uri)
      const { crv, kty, x, y } = key.jwk
      return [
        dpopJkt === sha256(JSON.stringify({ crv, kty, x, y })),
        outcome(await push(here, asked, 'web', { dpop })),
        outcome(await push(here, asked, 'web', { dpop: dpopProof(here, key) })),
        outcome(await push(here, { ...asked, dpop_jkt: 'x'.repeat(43) }, 'web', { dpop: dpopProof(here, key, par) })),
      ]
    },
    expected: [true, '400 invalid_dpop_proof', '400 invalid_dpop_proof', '400 invalid_request'],
  },
]

testRules('RFC 9126', world, rules)
