import { createHash } from 'node:crypto'
import type { OAuthRequest, OAuthResponse } from '../src/index.ts'
import { queryOf, type Values } from './authorization.ts'
import { type ClientKey, freshJti, signed } from './client-keys.ts'
import { settle, type World } from './world.ts'

export const issuer = 'https://sluice.example'
export const tokenPath = '/oauth2/api/v1/token'
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** What a JWT says differently from a right one; undefined leaves a member out. */
export interface Changes {
  readonly header?: Readonly<Record<string, unknown>>
  readonly payload?: Readonly<Record<string, unknown>>
}

/** Seconds since 1970, by the clock of the server. */
export const seconds = (here: World): number => Math.floor(here.clock.now() / 1000)

/** The parameters of a client assertion of `robot`. */
export function assertion(here: World, key: ClientKey, { header, payload }: Changes = {}): Values {
  const iat = seconds(here)
  const claims = { iss: 'robot', sub: 'robot', aud: issuer, iat, exp: iat + 60, jti: freshJti(), ...payload }
  return {
    client_assertion_type: assertionType,
    client_assertion: signed({ alg: key.alg, ...header }, claims, key),
  }
}

/** A DPoP proof for the token endpoint. */
export function dpopProof(here: World, key: ClientKey, { header, payload }: Changes = {}): string {
  const claims = { jti: freshJti(), htm: 'POST', htu: `${issuer}${tokenPath}`, iat: seconds(here), ...payload }
  return signed({ typ: 'dpop+jwt', alg: key.alg, jwk: key.jwk, ...header }, claims, key)
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** An answer, with its JSON body. */
export interface Answer {
  readonly status: number
  readonly reason: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever was answered
  readonly body: any
}

/** What an endpoint answers, for however long it waits. */
export async function answerOf(here: World, asked: Promise<OAuthResponse>): Promise<Answer> {
  let isDone = false
  const done = asked.finally(() => {
    isDone = true
  })
  while (!isDone) {
    await settle()
    if (here.clock.sleeping > 0) here.clock.advance(here.clock.delays[0] ?? 0)
  }
  const { status, reason, body } = await done
  return { status, reason, body: body === '' ? undefined : JSON.parse(body) }
}

/** A form as clients send it. */
export const form = (parameters: Values): Pick<OAuthRequest, 'body' | 'contentType'> => ({
  body: queryOf(parameters),
  contentType: 'application/x-www-form-urlencoded',
})

/** What a client credentials request is answered, unless `parameters` say otherwise. */
export function requestToken(here: World, parameters: Values, more: Partial<OAuthRequest> = {}): Promise<Answer> {
  const request = { ...form({ grant_type: 'client_credentials', ...parameters }), path: tokenPath, ...more }
  return answerOf(here, here.request(request))
}
