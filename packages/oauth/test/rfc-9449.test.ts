import { createHmac } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { type Rule, testRules } from '../../../test/rfc-rules.ts'
import { introspectionEndpoint, oauthMetadata } from '../src/index.ts'
import { codeOf, mobileClient, pkce, type Values, verifier, webClient } from './authorization.ts'
import { base64Url, type ClientKey, clientKey, freshJti } from './client-keys.ts'
import { answerOf, type Changes, dpopProof, form, issuer, requestToken, seconds, sha256, tokenPath } from './proofs.ts'
import { resourceRules } from './rfc-9449-resources.ts'
import { application, basic, World } from './world.ts'

const key = clientKey()
const stranger = clientKey()
const authorization = basic('orders', 'pa55-word')

const thumbprint = ({ jwk: { crv, kty, x, y } }: ClientKey) => sha256(JSON.stringify({ crv, kty, x, y }))

const world = () =>
  new World({ extensions: true })
    .register(application())
    .register(application({ id: 'bound', tokenBinding: 'dpop' }))
    .register(webClient())
    .register(mobileClient(), undefined)

/** What a token request with a proof is answered; `undefined` for none. */
const requested = async (here: World, dpop: string | undefined, parameters: Values = {}, client = 'orders') => {
  const isPublic = client === 'mobile'
  const { status, body } = await requestToken(
    ...([here, isPublic ? { client_id: client, ...parameters } : parameters] as const),
    { dpop, authorization: isPublic ? undefined : basic(client, 'pa55-word') },
  )
  return status === 200 ? body.token_type : `${status} ${body.error}`
}

const proven =
  (changes: Changes | ((here: World) => Changes) = {}, by: ClientKey = key) =>
  (here: World) =>
    requested(here, dpopProof(here, by, typeof changes === 'function' ? changes(here) : changes))

const refused = '400 invalid_dpop_proof'

const tokenFor = async (here: World, parameters: Values = {}): Promise<string> =>
  (await requestToken(here, parameters, { authorization, dpop: dpopProof(here, key) })).body.access_token

/** Tokens of a user of the public client, whose code is redeemed with a proof by `by`. */
async function tokensOfUser(here: World, by: ClientKey | null = key, asked: Values = {}) {
  const code = await codeOf(here, { client_id: 'mobile', ...pkce, ...asked })
  const parameters = { grant_type: 'authorization_code', client_id: 'mobile', code, code_verifier: verifier }
  return requestToken(here, parameters, { dpop: by ? dpopProof(here, by) : undefined })
}

const rules: readonly Rule<World>[] = [
  {
    section: '§5',
    rule: 'with a proof there is a DPoP token, without one a Bearer token',
    asked: async here => [
      await proven()(here),
      await requested(here, undefined),
      await requested(here, dpopProof(here, key), { token_format: 'jwtrfc' }),
    ],
    expected: ['DPoP', 'Bearer', 'DPoP'],
  },
  {
    section: '§5.2',
    rule: 'a client that is registered for it needs a proof each time',
    asked: async here => [
      await requested(here, undefined, {}, 'bound'),
      await requested(here, dpopProof(here, key), {}, 'bound'),
    ],
    expected: [refused, 'DPoP'],
  },
  {
    section: '§4.3',
    rule: 'one header: what several become is no JWT',
    asked: here => requested(here, `${dpopProof(here, key)}, ${dpopProof(here, key)}`),
    expected: refused,
  },
  {
    section: '§4.3',
    rule: 'typ is dpop+jwt',
    asked: async here => [
      await proven({ header: { typ: undefined } })(here),
      await proven({ header: { typ: 'JWT' } })(here),
    ],
    expected: [refused, refused],
  },
  {
    section: '§4.3',
    rule: 'alg is asymmetric, that of the key, and never none',
    asked: async here => {
      const claims = { jti: freshJti(), htm: 'POST', htu: `${issuer}${tokenPath}`, iat: seconds(here) }
      const unsigned = (header: object) => `${base64Url({ typ: 'dpop+jwt', ...header })}.${base64Url(claims)}`
      const hmac = unsigned({ alg: 'HS256', jwk: key.jwk })
      const oct = unsigned({ alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } })
      const mac = (input: string, secret: string | Buffer) =>
        `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
      return [
        await requested(here, `${unsigned({ alg: 'none', jwk: key.jwk })}.`),
        await requested(here, `${unsigned({ alg: 'none', jwk: key.jwk })}.AA`),
        await requested(here, mac(hmac, JSON.stringify(key.jwk))),
        await requested(here, mac(oct, Buffer.alloc(3))),
        await proven({ header: { alg: 'ES384' } })(here),
      ]
    },
    expected: [refused, refused, refused, refused, refused],
  },
  {
    section: '§4.3',
    rule: 'jwk is a public key, the one that signed',
    asked: async here => [
      await proven({ header: { jwk: undefined } })(here),
      await proven({ header: { jwk: stranger.jwk } })(here),
      await proven({ header: { jwk: key.privateKey.export({ format: 'jwk' }) } })(here),
      await proven({ header: { jwk: undefined, jku: 'https://evil.example/', kid: '1' } })(here),
      await proven({ header: { jwk: { ...key.jwk, x: key.jwk.y, y: key.jwk.x } } })(here),
    ],
    expected: [refused, refused, refused, refused, refused],
  },
  {
    section: '§4.3',
    rule: 'a kid is not looked at',
    asked: async here => [
      await proven({ header: { kid: 'b', jwk: { ...key.jwk, kid: 'a' } } })(here),
      await proven({ header: { kid: 'b' } })(here),
    ],
    expected: ['DPoP', 'DPoP'],
  },
  {
    section: '§4.3',
    rule: 'every algorithm that metadata lists',
    asked: async here => {
      const answers = []
      const { dpop_signing_alg_values_supported: listed } = oauthMetadata(here.context)
      for (const alg of listed as ('ES256' | 'RS256')[]) answers.push(await proven({}, clientKey(alg))(here))
      return answers
    },
    expected: Array(6).fill('DPoP'),
  },
  {
    section: '§4.3',
    rule: 'htm is the method, which has upper and lower case',
    asked: async here => [
      await proven({ payload: { htm: 'GET' } })(here),
      await proven({ payload: { htm: 'post' } })(here),
      await proven({ payload: { htm: ['POST'] } })(here),
    ],
    expected: [refused, refused, refused],
  },
  {
    section: '§4.3',
    rule: 'htu is the public URL, after normalization and without query and fragment',
    asked: async here => {
      const urls = [
        'HTTPS://Sluice.example:443/oauth2/api/v1/token',
        `${issuer}${tokenPath}?a=b#c`,
        `${issuer}/oauth2/api/v1/%74oken`,
        `${issuer}/oauth2/api/v1/par`,
        `http://sluice.example${tokenPath}`,
        `${issuer}:8443${tokenPath}`,
        `https://evil.example${tokenPath}`,
        `https://user@sluice.example${tokenPath}`,
        tokenPath,
        [`${issuer}${tokenPath}`],
        undefined,
      ]
      const answers = []
      for (const htu of urls) answers.push(await proven({ payload: { htu } })(here))
      return answers
    },
    expected: ['DPoP', 'DPoP', 'DPoP', ...Array(8).fill(refused)],
  },
  {
    section: '§4.3',
    rule: 'iat is not older than a minute, and not in the future but for a skew of the clocks',
    asked: async here => {
      const answers = []
      for (const age of [59, 60, -30, -31]) {
        answers.push(await proven(at => ({ payload: { iat: seconds(at) - age } }))(here))
      }
      return [...answers, await proven({ payload: { iat: undefined } })(here)]
    },
    expected: ['DPoP', refused, 'DPoP', refused, refused],
  },
  {
    section: '§4.3',
    rule: 'jti is there, and short',
    asked: async here => [
      await proven({ payload: { jti: undefined } })(here),
      await proven({ payload: { jti: '' } })(here),
      await proven({ payload: { jti: 'x'.repeat(257) } })(here),
    ],
    expected: [refused, refused, refused],
  },
  {
    section: '§4.3',
    rule: 'a proof is short',
    asked: proven({ payload: { more: 'x'.repeat(4096) } }),
    expected: refused,
  },
  {
    section: '§8',
    rule: 'no nonces: proofs count for a minute, and once',
    asked: async here => {
      const once = dpopProof(here, key)
      return [await requested(here, once), await requested(here, once)]
    },
    expected: ['DPoP', refused],
  },
  {
    section: '§11.1',
    rule: 'a used proof is remembered as long as it could be used, and for its key alone',
    asked: async here => {
      const claims = { jti: 'same', iat: seconds(here) + 0.5 }
      const answers = [await proven({ payload: claims })(here), await proven({ payload: claims }, stranger)(here)]
      return [...answers, [...here.usedProofs.values()].map(until => until - here.clock.now())]
    },
    expected: ['DPoP', 'DPoP', [60_500, 60_500]],
  },
  {
    section: '§11.1',
    rule: 'of requests with the same proof at the same time one gets a token',
    asked: async here => {
      const once = dpopProof(here, key)
      const answers = await Promise.all([once, once, once].map(proof => requested(here, proof)))
      return answers.sort()
    },
    expected: [refused, refused, 'DPoP'],
  },
  {
    section: '§6.1',
    rule: 'a JWT says cnf.jkt',
    asked: async here => {
      const [, payload = ''] = (await tokenFor(here, { token_format: 'jwtrfc' })).split('.')
      return JSON.parse(Buffer.from(payload, 'base64url').toString()).cnf
    },
    expected: { jkt: thumbprint(key) },
  },
  {
    section: '§6.1',
    rule: 'the thumbprint of every kind of key is that of RFC 7638',
    asked: async here => {
      const differing: string[] = []
      for (const alg of ['ES256', 'ES384', 'RS256', 'EdDSA'] as const) {
        const by = clientKey(alg, { kid: 'a', alg })
        await requestToken(here, {}, { authorization, dpop: dpopProof(here, by) })
        const { confirmation } = [...here.tokens.values()].at(-1) ?? {}
        if (confirmation?.jkt !== (await calculateJwkThumbprint({ ...by.jwk }))) differing.push(alg)
      }
      return differing
    },
    expected: [],
  },
  {
    section: '§6.2',
    rule: 'introspection says token_type and cnf.jkt, of opaque tokens, too',
    asked: async here => {
      const answers = []
      for (const format of [{}, { token_format: 'jwt' }]) {
        const token = await tokenFor(here, format)
        const request = { method: 'POST', query: '', authorization, address: '192.0.2.1', ...form({ token }) }
        const { token_type, cnf } = (await answerOf(here, introspectionEndpoint(request, here.context))).body
        answers.push(token_type, cnf)
      }
      return answers
    },
    expected: ['DPoP', { jkt: thumbprint(key) }, 'DPoP', { jkt: thumbprint(key) }],
  },
  {
    section: '§5',
    rule: 'refresh tokens of public clients need the same key, each time',
    asked: async here => {
      const first = (await tokensOfUser(here)).body
      const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token }
      const answers = [
        await requested(here, undefined, refresh, 'mobile'),
        await requested(here, dpopProof(here, stranger), refresh, 'mobile'),
      ]
      const next = await requestToken(here, { ...refresh, client_id: 'mobile' }, { dpop: dpopProof(here, key) })
      const last = { ...refresh, refresh_token: next.body.refresh_token }
      return [...answers, next.body.token_type, await requested(here, dpopProof(here, stranger), last, 'mobile')]
    },
    expected: ['400 invalid_grant', '400 invalid_grant', 'DPoP', '400 invalid_grant'],
  },
  {
    section: '§5',
    rule: 'refresh tokens of confidential clients go with their credentials',
    asked: async here => {
      const code = await codeOf(here)
      const parameters = { grant_type: 'authorization_code', code }
      const web = { authorization: basic('web', 'pa55-word') }
      const { refresh_token } = (await requestToken(here, parameters, { ...web, dpop: dpopProof(here, key) })).body
      const refresh = { grant_type: 'refresh_token', refresh_token }
      return requested(here, dpopProof(here, stranger), refresh, 'web')
    },
    expected: 'DPoP',
  },
  {
    section: '§10',
    rule: 'the key that a code of a confidential client needs, its refresh tokens do not',
    asked: async here => {
      const code = await codeOf(here, { dpop_jkt: thumbprint(key) })
      const parameters = { grant_type: 'authorization_code', code }
      const web = { authorization: basic('web', 'pa55-word') }
      const answers = [
        (await requestToken(here, parameters, { ...web, dpop: dpopProof(here, stranger) })).status,
        await requestToken(here, parameters, { ...web, dpop: dpopProof(here, key) }),
      ] as const
      const refresh = { grant_type: 'refresh_token', refresh_token: answers[1].body.refresh_token }
      return [answers[0], answers[1].status, await requested(here, dpopProof(here, stranger), refresh, 'web')]
    },
    expected: [400, 200, 'DPoP'],
  },
  {
    section: '§10',
    rule: 'a code that was asked for with dpop_jkt needs that key',
    asked: async here => {
      const asked = { dpop_jkt: thumbprint(key) }
      const answers = []
      for (const by of [null, stranger, key]) answers.push((await tokensOfUser(here, by, asked)).status)
      return answers
    },
    expected: [400, 400, 200],
  },
  {
    section: '§10',
    rule: 'where it is switched off proofs are ignored, and a client that needs them gets nothing',
    asked: async () => {
      const here = new World().register(application()).register(application({ id: 'bound', tokenBinding: 'dpop' }))
      const { dpop_signing_alg_values_supported } = oauthMetadata(here.context)
      return [
        await proven()(here),
        await requested(here, dpopProof(here, key), {}, 'bound'),
        (await tokensOfUser(here.register(mobileClient(), undefined), null, { dpop_jkt: thumbprint(key) })).status,
        dpop_signing_alg_values_supported,
      ]
    },
    expected: ['Bearer', refused, 200, undefined],
  },
]

testRules('RFC 9449', world, [...rules, ...resourceRules])
