import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { pushedAuthorizationEndpoint } from '../src/index.ts'
import { webClient } from './authorization.ts'
import { clientKey, signed } from './client-keys.ts'
import { answerOf, assertion, dpopProof, form, requestToken } from './proofs.ts'
import { application, basic, World } from './world.ts'

const seed = Number(process.env.FUZZ_SEED ?? 1)
const key = clientKey()

const world = () =>
  new World({ extensions: true })
    .register(application())
    .register(webClient())
    .register(
      application({ id: 'robot', keyAuthentication: { method: 'private_key_jwt', keys: [key.jwk] } }),
      undefined,
    )

/** Where, and what stands there instead. */
const alterations = fc.tuple(fc.nat(), fc.constantFrom(...'ABCabc019-_.', '', '==', 'é', '\u0000'))

function altered(text: string, [place, replacement]: readonly [number, string]): string {
  const at = place % text.length
  return `${text.slice(0, at)}${replacement}${text.slice(at + 1)}`
}

/** Base64url can be written in two ways where its last character has bits to spare. */
function isSame(one: string, other: string): boolean {
  const parts = (text: string) => {
    const [header, payload, signature = '', ...rest] = text.split('.')
    return [header, payload, Buffer.from(signature, 'base64url').toString('hex'), ...rest].join('.')
  }
  return one === other || (parts(one) === parts(other) && /^[A-Za-z0-9_.-]+$/.test(other))
}

test(`an assertion that was altered in one place is refused (seed ${seed})`, () =>
  fc.assert(
    fc.asyncProperty(alterations, async alteration => {
      const here = world()
      const parameters = assertion(here, key)
      const right = parameters.client_assertion ?? ''
      const other = altered(right, alteration)
      const { status } = await requestToken(here, { ...parameters, client_assertion: other })
      assert.equal(status, isSame(right, other) ? 200 : 401, `${right}\n${other}`)
    }),
    { seed, numRuns: 1000 },
  ))

test(`a proof that was altered in one place is refused (seed ${seed})`, () =>
  fc.assert(
    fc.asyncProperty(alterations, async alteration => {
      const here = world()
      const right = dpopProof(here, key)
      const dpop = altered(right, alteration)
      const { status } = await requestToken(here, {}, { authorization: basic('orders', 'pa55-word'), dpop })
      assert.equal(status, isSame(right, dpop) ? 200 : 400, `${right}\n${dpop}`)
    }),
    { seed, numRuns: 1000 },
  ))

test(`whatever a client signs or sends, an answer is no failure of the server (seed ${seed})`, () => {
  const claims = fc.dictionary(
    fc.constantFrom('iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti', 'htm', 'htu', 'ath', '__proto__'),
    fc.oneof(fc.jsonValue(), fc.constantFrom('robot', 'POST', 1767225600, -1, 1e308, 0.5)),
  )
  const headers = fc.dictionary(
    fc.constantFrom('alg', 'typ', 'kid', 'jwk', 'crit', 'b64', 'x5c', '__proto__'),
    fc.oneof(fc.jsonValue(), fc.constantFrom('ES256', 'dpop+jwt', 'none', key.jwk, { ...key.jwk, x: key.jwk.y })),
  )
  const jwts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.tuple(headers, claims).map(([header, payload]) => signed({ alg: 'ES256', ...header }, payload, key)),
  )
  return fc.assert(
    fc.asyncProperty(jwts, fc.option(jwts, { nil: undefined }), async (jwt, dpop) => {
      const here = world()
      const parameters = { ...assertion(here, key), client_assertion: jwt, response_type: 'code' }
      assert.ok((await requestToken(here, parameters, { dpop })).status < 500)
      const request = {
        method: 'POST',
        query: '',
        authorization: basic('web', 'pa55-word'),
        address: '192.0.2.1',
        dpop,
      }
      const pushed = { response_type: 'code', request_uri: jwt, dpop_jkt: jwt }
      assert.ok(
        (await answerOf(here, pushedAuthorizationEndpoint({ ...request, ...form(pushed) }, here.context))).status < 500,
      )
    }),
    { seed, numRuns: 500 },
  )
})
