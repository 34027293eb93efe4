import { createHmac } from 'node:crypto'
import { type Rule, testRules } from '../../../test/rfc-rules.ts'
import { introspectionEndpoint, oauthMetadata, revocationEndpoint } from '../src/index.ts'
import { base64Url, type ClientKey, clientKey, freshJti, signed } from './client-keys.ts'
import { answerOf, assertion, type Changes, form, issuer, requestToken, seconds } from './proofs.ts'
import { application, basic, platform, World } from './world.ts'

const keys = {
  es: clientKey('ES256', { kid: 'es' }),
  es384: clientKey('ES384'),
  rs: clientKey('RS256'),
  ps: clientKey('PS256'),
  ed: clientKey('EdDSA'),
  ed2: clientKey('Ed25519'),
  onlyPs: clientKey('PS256', { alg: 'PS256' }),
  otherName: clientKey('EdDSA', { alg: 'Ed25519' }),
}
const stranger = clientKey('ES256', { kid: 'es' })

const robot = (more: object = {}) =>
  application({
    id: 'robot',
    keyAuthentication: { method: 'private_key_jwt', keys: Object.values(keys).map(({ jwk }) => jwk) },
    ...more,
  })

const world = () =>
  new World({ extensions: true })
    .register(robot(), undefined)
    .register(application())
    .register(application({ id: 'other', keyAuthentication: { method: 'private_key_jwt', keys: [keys.es.jwk] } }))
    .register(platform({ keyAuthentication: { method: 'private_key_jwt', keys: [keys.es.jwk] } }), undefined)

const outcome = ({ status, body }: { status: number; body: { error?: string } }) =>
  status === 200 ? 200 : `${status} ${body.error}`

const asked =
  (changes: Changes | ((here: World) => Changes) = {}, key: ClientKey = keys.es) =>
  async (here: World) =>
    outcome(await requestToken(here, assertion(here, key, typeof changes === 'function' ? changes(here) : changes)))

/** An assertion whose JWT was made by other means. */
const raw = (make: (here: World) => string) => async (here: World) =>
  outcome(await requestToken(here, { ...assertion(here, keys.es), client_assertion: make(here) }))

const claims = (here: World) => {
  const iat = seconds(here)
  return { iss: 'robot', sub: 'robot', aud: issuer, iat, exp: iat + 60, jti: 'x' }
}

const refused = '401 invalid_client'

const rules: readonly Rule<World>[] = [
  { section: '§2.2', rule: 'a client authenticates by an assertion', asked: asked(), expected: 200 },
  {
    section: '§2.2',
    rule: 'client_id may be sent beside it, and has to be the same',
    asked: async here => {
      const [same, other] = [assertion(here, keys.es), assertion(here, keys.es)]
      return [
        outcome(await requestToken(here, { ...same, client_id: 'robot' })),
        outcome(await requestToken(here, { ...other, client_id: 'other' })),
      ]
    },
    expected: [200, refused],
  },
  {
    section: '§2.2',
    rule: 'another type of assertion is refused, also without an assertion',
    asked: async here => [
      outcome(await requestToken(here, { ...assertion(here, keys.es), client_assertion_type: 'saml' })),
      outcome(await requestToken(here, { ...assertion(here, keys.es), client_assertion_type: undefined })),
      outcome(await requestToken(here, { ...assertion(here, keys.es), client_assertion: undefined })),
    ],
    expected: ['400 invalid_request', '400 invalid_request', refused],
  },
  {
    section: '§3',
    rule: 'aud is the issuer or an endpoint, and no one beside',
    asked: async here => {
      const audiences = [
        [issuer],
        `${issuer}/oauth2/api/v1/token`,
        `${issuer}/oauth2/api/v1/par`,
        `${issuer}/`,
        [issuer, 'https://other.example'],
        'https://other.example',
        [],
        undefined,
      ]
      const answers = []
      for (const aud of audiences) answers.push(await asked({ payload: { aud } })(here))
      return answers
    },
    expected: [200, 200, 200, refused, refused, refused, refused, refused],
  },
  { section: '§3', rule: 'iss is the client', asked: asked({ payload: { iss: 'other' } }), expected: refused },
  { section: '§3', rule: 'sub is the client', asked: asked({ payload: { sub: 'other' } }), expected: refused },
  { section: '§3', rule: 'without sub', asked: asked({ payload: { sub: undefined } }), expected: refused },
  { section: '§3', rule: 'without exp', asked: asked({ payload: { exp: undefined } }), expected: refused },
  {
    section: '§3',
    rule: 'exp has not passed, but for a skew of the clocks',
    asked: async here => [
      await asked({ payload: { exp: seconds(here) - 29 } })(here),
      await asked({ payload: { exp: seconds(here) - 30 } })(here),
    ],
    expected: [200, refused],
  },
  {
    section: '§3',
    rule: 'exp is at most five minutes away',
    asked: async here => [
      await asked({ payload: { exp: seconds(here) + 300 } })(here),
      await asked({ payload: { exp: seconds(here) + 301 } })(here),
      await raw(at =>
        signed({ alg: 'ES256' }, JSON.stringify(claims(at)).replace(/"exp":\d+/, '"exp":1e999'), keys.es),
      )(here),
      await raw(at => signed({ alg: 'ES256' }, JSON.stringify(claims(at)), keys.es))(here),
    ],
    expected: [200, refused, refused, 200],
  },
  {
    section: '§3',
    rule: 'nbf and iat do not lie in the future, but for a skew of the clocks',
    asked: async here => [
      await asked({ payload: { nbf: seconds(here) + 30, iat: seconds(here) + 30 } })(here),
      await asked({ payload: { nbf: seconds(here) + 31 } })(here),
      await asked({ payload: { iat: seconds(here) + 31 } })(here),
      await asked({ payload: { iat: 'now' } })(here),
    ],
    expected: [200, refused, refused, refused],
  },
  {
    section: '§3',
    rule: 'jti is there, and short',
    asked: async here => [
      await asked({ payload: { jti: undefined } })(here),
      await asked({ payload: { jti: '' } })(here),
      await asked({ payload: { jti: 'x'.repeat(257) } })(here),
    ],
    expected: [refused, refused, refused],
  },
  {
    section: '§3',
    rule: 'an assertion counts once, also of requests at the same time',
    asked: async here => {
      const once = assertion(here, keys.es)
      const answers = await Promise.all([once, once, once].map(parameters => requestToken(here, parameters)))
      return answers.map(({ status }) => status).sort()
    },
    expected: [200, 401, 401],
  },
  {
    section: '§3',
    rule: 'a used assertion is remembered as long as it could be used',
    asked: async here => {
      await asked({ payload: { exp: seconds(here) + 90.5 } })(here)
      return [...here.usedProofs.values()].map(until => until - here.clock.now())
    },
    expected: [120_500],
  },
  {
    section: '§3',
    rule: 'two clients may use the same jti',
    asked: async here => [
      await asked({ payload: { jti: 'same' } })(here),
      await asked({ payload: { jti: 'same', iss: 'other', sub: 'other' } })(here),
    ],
    expected: [200, 200],
  },
  {
    section: '§3',
    rule: 'every algorithm that is listed in metadata, and by the key alone',
    asked: async here => {
      const answers: Record<string, unknown> = {}
      for (const [name, key] of Object.entries(keys)) answers[name] = await asked({}, key)(here)
      return answers
    },
    expected: { es: 200, es384: 200, rs: 200, ps: 200, ed: 200, ed2: 200, onlyPs: 200, otherName: 200 },
  },
  {
    section: '§3',
    rule: 'a key that says its algorithm has no other',
    asked: asked({}, { ...keys.onlyPs, alg: 'RS256' }),
    expected: refused,
  },
  { section: '§3', rule: 'a key that is not registered', asked: asked({}, stranger), expected: refused },
  {
    section: '§3',
    rule: 'kid chooses among the registered keys and finds no others',
    asked: async here => [
      await asked({ header: { kid: 'es' } })(here),
      await asked({ header: { kid: 'es' } }, stranger)(here),
      await asked({ header: { kid: '../../etc/passwd' } })(here),
      await asked({ header: { kid: { toString: 'x' } } })(here),
    ],
    expected: [200, refused, refused, refused],
  },
  {
    section: '§3',
    rule: 'keys and addresses of keys in the header are not looked at',
    asked: async here => {
      const header = { jwk: stranger.jwk, jku: 'https://evil.example/', x5u: 'https://evil.example/', x5c: ['AAAA'] }
      return [await asked({ header })(here), await asked({ header }, stranger)(here)]
    },
    expected: [200, refused],
  },
  {
    section: '§3',
    rule: 'none is no algorithm, however it is written',
    asked: async here => {
      const answers = []
      for (const alg of ['none', 'None', 'NONE', '', undefined]) {
        for (const signature of ['', 'AA']) {
          answers.push(await raw(at => `${base64Url({ alg })}.${base64Url(claims(at))}.${signature}`)(here))
        }
      }
      return new Set(answers)
    },
    expected: new Set([refused]),
  },
  {
    section: '§3',
    rule: 'a public key is no secret of HMAC',
    asked: raw(here => {
      const input = `${base64Url({ alg: 'HS256' })}.${base64Url(claims(here))}`
      return `${input}.${createHmac('sha256', JSON.stringify(keys.rs.jwk)).update(input).digest('base64url')}`
    }),
    expected: refused,
  },
  {
    section: '§3',
    rule: 'extensions that must be understood are not',
    asked: asked({ header: { crit: ['b64'], b64: false } }),
    expected: refused,
  },
  {
    section: '§3',
    rule: 'a JWT of another purpose is none',
    asked: async here => [
      await asked({ header: { typ: 'client-authentication+jwt' } })(here),
      await asked({ header: { typ: 'dpop+jwt' } })(here),
      await asked({ header: { typ: 'at+jwt' } })(here),
    ],
    expected: [200, refused, refused],
  },
  {
    section: '§3',
    rule: 'what is no JWT, or too long',
    asked: async here => {
      const answers = []
      for (const text of ['x', 'a.b', 'a.b.c', '..', 'bnVsbA.bnVsbA.AA', '\u0000']) {
        answers.push(await raw(() => text)(here))
      }
      answers.push(await asked({ payload: { more: 'x'.repeat(8192) } })(here))
      return new Set(answers)
    },
    expected: new Set([refused]),
  },
  {
    section: '§3',
    rule: 'a JWT is JSON in UTF-8 (RFC 7515 §2)',
    asked: async here => {
      const text = (at: World) => JSON.stringify({ ...claims(at), jti: freshJti(), name: 'Zoë' })
      return [
        await raw(at => signed({ alg: 'ES256' }, text(at), keys.es))(here),
        await raw(at => signed({ alg: 'ES256' }, Buffer.from(text(at), 'latin1'), keys.es))(here),
      ]
    },
    expected: [200, refused],
  },
  {
    section: '§3.2',
    rule: 'a failure is slowed as a wrong secret is, and so is that of an unknown client',
    asked: async here => {
      const times = []
      for (const run of [
        () => requestToken(here, assertion(here, stranger)),
        () => requestToken(here, assertion(here, stranger, { payload: { sub: 'nobody', iss: 'nobody' } })),
        () => requestToken(here, {}, { authorization: basic('orders', 'wrong') }),
      ]) {
        const before = here.clock.now()
        await run()
        times.push(here.clock.now() - before)
      }
      return times
    },
    expected: [200, 200, 200],
  },
  {
    section: '§3.2',
    rule: 'failures of a client pile up, and its right assertions are not slowed',
    asked: async here => {
      for (let count = 0; count < 4; count++) await asked({}, stranger)(here)
      const before = here.clock.now()
      return [await asked()(here), here.clock.now() - before]
    },
    expected: [200, 0],
  },
  {
    section: '§2.2',
    rule: 'a client with a secret authenticates by that, and one with keys by these',
    asked: async here => [
      await asked({ payload: { iss: 'orders', sub: 'orders' } })(here),
      outcome(await requestToken(here, {}, { authorization: basic('robot', 'pa55-word') })),
      outcome(await requestToken(here, { client_id: 'robot' })),
      // The API of clients registers none of these.
      outcome(await requestToken(here.register(robot()), {}, { authorization: basic('robot', 'pa55-word') })),
      outcome(await requestToken(here.register(robot({ confidential: false })), { client_id: 'robot' })),
    ],
    expected: [refused, refused, '401 unauthorized_client', refused, '401 unauthorized_client'],
  },
  {
    section: '§2.2',
    rule: 'one way to authenticate in a request (RFC 6749 §2.3)',
    asked: async here =>
      outcome(await requestToken(here, assertion(here, keys.es), { authorization: basic('robot', 'pa55-word') })),
    expected: '400 invalid_request',
  },
  {
    section: '§2.2',
    rule: 'a client of the platform authenticates at its own endpoint only',
    asked: async here => {
      const payload = { iss: 'operations', sub: 'operations' }
      const parameters = () => ({ grant_type: 'client_credentials', ...assertion(here, keys.es, { payload }) })
      return [
        outcome(await answerOf(here, here.requestPlatform(form(parameters())))),
        outcome(await requestToken(here, parameters())),
      ]
    },
    expected: [200, refused],
  },
  {
    section: '§2.2',
    rule: 'so it does at introspection and revocation',
    asked: async here => {
      const request = () => ({ method: 'POST', query: '', authorization: undefined, address: '192.0.2.1' })
      const parameters = () => form({ token: '0'.repeat(32), ...assertion(here, keys.es) })
      return [
        (await answerOf(here, introspectionEndpoint({ ...request(), ...parameters() }, here.context))).body,
        (await answerOf(here, revocationEndpoint({ ...request(), ...parameters() }, here.context))).status,
      ]
    },
    expected: [{ active: false }, 200],
  },
  {
    section: '§2.2',
    rule: 'where it is switched off, there is no such thing',
    asked: async () => {
      const here = new World().register(robot(), undefined)
      const { token_endpoint_auth_methods_supported } = oauthMetadata(here.context)
      return [outcome(await requestToken(here, assertion(here, keys.es))), token_endpoint_auth_methods_supported]
    },
    expected: ['401 unauthorized_client', ['client_secret_basic', 'none']],
  },
]

testRules('RFC 7523', world, rules)
