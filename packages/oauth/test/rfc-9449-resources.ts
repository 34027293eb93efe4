import type { Rule } from '../../../test/rfc-rules.ts'
import { type AcceptedToken, checkPossession, type TokenUse } from '../src/index.ts'
import type { Values } from './authorization.ts'
import { type ClientKey, clientKey } from './client-keys.ts'
import { type Changes, dpopProof, issuer, requestToken, sha256 } from './proofs.ts'
import { basic, type World } from './world.ts'

const key = clientKey()
const stranger = clientKey()

const tokenFor = async (here: World, parameters: Values = {}): Promise<string> => {
  const request = { authorization: basic('orders', 'pa55-word'), dpop: dpopProof(here, key) }
  return (await requestToken(here, parameters, request)).body.access_token
}

const resource = `${issuer}/http/hello`

/** A proof for the resource. */
function proofOf(here: World, token: string, { header, payload }: Changes = {}, by: ClientKey = key): string {
  const claims = { htm: 'GET', htu: resource, ath: sha256(token), ...payload }
  return dpopProof(here, by, { payload: claims, ...(header && { header }) })
}

/** What a resource says to a token: `undefined` where it may be used. */
async function used(here: World, token: string, use: Partial<TokenUse>): Promise<string | undefined> {
  const verdict = await here.validate(token)
  const all: TokenUse = {
    ...{ scheme: 'DPoP', token, method: 'GET', url: resource, proof: undefined, certificate: () => undefined },
    ...use,
  }
  return (await checkPossession(verdict as AcceptedToken, all, here.context))?.error
}

const usedWith =
  (make: (here: World, token: string) => Partial<TokenUse> | Changes, format: Values = {}) =>
  async (here: World) => {
    const token = await tokenFor(here, format)
    const made = make(here, token)
    const isUse = 'scheme' in made || 'proof' in made || 'method' in made || 'url' in made
    return used(here, token, isUse ? made : { proof: proofOf(here, token, made as Changes) })
  }

/** The rules about how a token is used, in a world with a client `orders`. */
export const resourceRules: readonly Rule<World>[] = [
  {
    section: '§4.3',
    rule: 'htu is normalized as RFC 3986 §6.2 has it: case of escapes, the empty path, the port',
    asked: async here => {
      const same = [
        [`${issuer}/`, issuer],
        [`${issuer}/http/%C3%A4`, `${issuer}/http/%c3%a4`],
        ['http://sluice.example/http/a', 'HTTP://sluice.example:80/http/a'],
      ] as const
      const other = [
        [`${issuer}/http/a%2Fb`, `${issuer}/http/a/b`],
        ['http://sluice.example/http/a', 'http://sluice.example:443/http/a'],
        [`${issuer}/http/A`, `${issuer}/http/a`],
        [`${issuer}/http/a`, `${issuer}/http/a/`],
      ] as const
      const outcomes: (string | undefined)[] = []
      for (const [url, htu] of [...same, ...other]) {
        outcomes.push(await usedWith((at, token) => ({ url, proof: proofOf(at, token, { payload: { htu } }) }))(here))
      }
      return outcomes
    },
    expected: [...Array(3).fill(undefined), ...Array(4).fill('invalid_dpop_proof')],
  },
  {
    section: '§7.1',
    rule: 'a token is used with a proof by its key for this request',
    asked: async here => [await usedWith(() => ({}))(here), await usedWith(() => ({}), { token_format: 'jwt' })(here)],
    expected: [undefined, undefined],
  },
  {
    section: '§7.1',
    rule: 'a stolen token is worth nothing without its key',
    asked: async here => [
      await usedWith(() => ({ proof: undefined }))(here),
      await usedWith((at, token) => ({ proof: proofOf(at, token, {}, stranger) }))(here),
      await usedWith((at, token) => ({ proof: proofOf(at, token, { header: { jwk: key.jwk } }, stranger) }))(here),
    ],
    expected: ['invalid_dpop_proof', 'invalid_token', 'invalid_dpop_proof'],
  },
  {
    section: '§7.1',
    rule: 'ath is the digest of this token',
    asked: async here => [
      await usedWith(() => ({ payload: { ath: sha256('another') } }))(here),
      await usedWith(() => ({ payload: { ath: undefined } }))(here),
    ],
    expected: ['invalid_dpop_proof', 'invalid_dpop_proof'],
  },
  {
    section: '§7.1',
    rule: 'a proof for another method or resource is refused',
    asked: async here => [
      await usedWith(() => ({ payload: { htm: 'POST' } }))(here),
      await usedWith(() => ({ payload: { htu: `${issuer}/http/other` } }))(here),
    ],
    expected: ['invalid_dpop_proof', 'invalid_dpop_proof'],
  },
  {
    section: '§7.1',
    rule: 'a proof counts once at resources, too',
    asked: async here => {
      const token = await tokenFor(here)
      const proof = proofOf(here, token)
      return [await used(here, token, { proof }), await used(here, token, { proof })]
    },
    expected: [undefined, 'invalid_dpop_proof'],
  },
  {
    section: '§7.2',
    rule: 'a bound token is refused as Bearer, also with a proof',
    asked: async here => [
      await usedWith(() => ({ scheme: 'Bearer' }))(here),
      await usedWith((at, token) => ({ scheme: 'Bearer', proof: proofOf(at, token) }))(here),
    ],
    expected: ['invalid_token', 'invalid_token'],
  },
  {
    section: '§7.2',
    rule: 'a token that is not bound is refused as DPoP',
    asked: async here => {
      const token = await here.token('orders')
      return used(here, token, { proof: proofOf(here, token) })
    },
    expected: 'invalid_token',
  },
]
