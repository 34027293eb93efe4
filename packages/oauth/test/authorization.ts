import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type AuthorizationRequest, allowAuthorization, type Client, readAuthorizationRequest } from '../src/index.ts'
import { application, basic, type World } from './world.ts'

/** A confidential client of the grant authorization_code. */
export const webClient = (more: Partial<Client> = {}): Client =>
  application({ id: 'web', grant: 'authorization_code', redirectUri: 'https://web.example/answer', ...more })

/** A public client of the grant authorization_code. */
export const mobileClient = (more: Partial<Client> = {}): Client =>
  webClient({ id: 'mobile', confidential: false, redirectUri: 'com.example.mobile:/answer', ...more })

export const verifier = 'a-verifier-of-at-least-43-characters-is-what-it-takes'
export const challenge = createHash('sha256').update(verifier).digest('base64url')
export const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

export type Values = Readonly<Record<string, string | undefined>>

export function queryOf(parameters: Values): string {
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return String(new URLSearchParams(given))
}

/** A request that a user is asked about. */
export async function askUser(world: World, parameters: Values): Promise<AuthorizationRequest> {
  const verdict = await readAuthorizationRequest(queryOf({ response_type: 'code', ...parameters }), world.context)
  assert.equal(verdict.kind, 'ask', JSON.stringify(verdict))
  return (verdict as Extract<typeof verdict, { kind: 'ask' }>).request
}

/** A user and where she is. */
export const ann = { user: 'ann', address: '192.0.2.7' }

/** The code that ann's agreement gives. */
export async function codeOf(world: World, parameters: Values = {}): Promise<string> {
  const request = await askUser(world, { client_id: 'web', ...parameters })
  const location = (await allowAuthorization(request, ann, world.context)) ?? ''
  const code = new URL(location).searchParams.get('code')
  assert.ok(code)
  return code
}

/** What a token request of `web`, or of a public client, is answered. */
export async function tokensFor(
  world: World,
  parameters: Values,
): Promise<{
  status: number
  reason: string | undefined
  error?: string
  access_token: string
  scopes: string[]
  refresh_token: string
}> {
  const body = queryOf({ grant_type: 'authorization_code', ...parameters })
  const contentType = 'application/x-www-form-urlencoded'
  const authorization = parameters.client_id === undefined ? basic('web', 'pa55-word') : undefined
  const { status, reason, body: text } = await world.request({ body, contentType, authorization })
  return { status, reason, ...JSON.parse(text) }
}

/** What the request for the tokens of a code is answered; the code was asked for with `asked`. */
export const redeemed =
  (asked: Values, request: Values = {}) =>
  async (here: World) => {
    const { status, error } = await tokensFor(here, { code: await codeOf(here, asked), ...request })
    return error ?? status
  }

export const firstTokens = async (here: World, asked: Values = {}) =>
  tokensFor(here, { code: await codeOf(here, asked) })
