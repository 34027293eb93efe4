import { authenticateClient } from '../client-auth/authenticate-client.ts'
import { networkOf } from '../client-auth/caller-key.ts'
import { clientParameterNames } from '../client-auth/parameter-names.ts'
import type { OAuthContext } from '../context.ts'
import { OAuthError } from '../errors.ts'
import type { OAuthRequest, OAuthResponse } from '../message.ts'
import type { Client } from '../ports.ts'
import { readProof } from '../tokens/token-binding.ts'
import { createUserSecret } from '../tokens/user-secret.ts'
import { answerPost, noStoreHeaders } from './answer.ts'
import { authorizationParameterNames, judgeAuthorizationRequest } from './authorization-request.ts'
import { type Parameters, parseEncoded, parseParameters, tokenRequestLimits } from './parameters.ts'

/** In milliseconds. */
const limits = Object.freeze({ firstUse: 60_000, answer: 600_000 })

/** Who names a public client proves nothing: no address can use up what the others need. */
const waitingMax = Object.freeze({ perClient: 10_000, perAddress: 1000 })

const requestUriPrefix = 'urn:ietf:params:oauth:request_uri:'

/** Of what a refused request was a try. */
const attempt = { object: 'authorization-code', action: 'issue' } as const

const requestNames: ReadonlySet<string> = new Set(authorizationParameterNames)
const parameterNames = new Set([...requestNames, ...clientParameterNames, 'request_uri'])

/**
 * Pushed authorization requests (RFC 9126), which the original does not have: an application client, authenticated as at the
 * token endpoint, leaves an authorization request, and sends its user with what is answered. The request is judged at once,
 * and again when the user comes. With a DPoP proof the code is bound to its key (RFC 9449 §10.1).
 */
export function pushedAuthorizationEndpoint(request: OAuthRequest, context: OAuthContext): Promise<OAuthResponse> {
  return answerPost(request, attempt, context, async () => {
    const parameters = parseParameters(request, parameterNames)
    const client = await authenticateClient(request, parameters, 'application', context)
    const refuse = (error: string, description: string) => {
      context.audit.record({ ...attempt, clientId: client.id, address: request.address, reason: description })
      return refusal(error, description, client)
    }
    if (client.confidential) await context.requests.admit({ id: client.id, address: request.address })
    if (parameters.get('request_uri') !== undefined) {
      return refuse('invalid_request', 'Expected no request_uri in a pushed authorization request.')
    }
    const given = authorizationParameters(parameters)
    const proof = readProof(request, client, context)
    if (proof && (given.get('dpop_jkt') ?? proof.jkt) !== proof.jkt) {
      return refuse('invalid_request', 'Expected dpop_jkt to be the thumbprint of the key of the DPoP proof.')
    }
    if (proof) given.set('dpop_jkt', proof.jkt)
    const judged = await judgeAuthorizationRequest(given, client, true, context)
    if (judged.kind === 'fail') return refuse(judged.error, judged.description)
    if (judged.kind === 'refuse') {
      return refuse('invalid_request', 'Expected the redirect_uri that is registered.')
    }
    const stored = await store(given, client, request.address, context)
    // Nobody is told of what was stored for a proof that was used before. The other way round, proofs would have no limit.
    if (proof && !(await context.usedProofs.use(proof.usedAs, proof.expiresAt))) {
      throw new OAuthError('invalid_dpop_proof', 'the DPoP proof was used before', { clientId: client.id })
    }
    return stored
  })
}

function authorizationParameters(parameters: Parameters): Map<string, string> {
  const given = new Map<string, string>()
  for (const name of requestNames) {
    const value = parameters.get(name)
    if (value !== undefined) given.set(name, value)
  }
  return given
}

async function store(
  given: ReadonlyMap<string, string>,
  client: Client,
  address: string,
  { pushedRequests, random, digests, clock }: OAuthContext,
): Promise<OAuthResponse> {
  const parameters = Array.from(given, ([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  if (parameters.length > tokenRequestLimits.query) {
    throw new OAuthError('request_too_large', `authorization request of ${parameters.length} characters`)
  }
  const requestUri = `${requestUriPrefix}${createUserSecret(random)}`
  const pushed = { clientId: client.id, parameters, expiresAt: clock.now() + limits.firstUse }
  if (!(await pushedRequests.insert(digests.sha256(requestUri), pushed, networkOf(address), waitingMax))) {
    throw new OAuthError('too_many_pushed_requests', `too many pushed requests from ${address}, or altogether, wait`, {
      clientId: client.id,
      headers: { 'Retry-After': String(limits.firstUse / 1000) },
    })
  }
  const body = JSON.stringify({ request_uri: requestUri, expires_in: limits.firstUse / 1000 })
  return { status: 201, headers: noStoreHeaders, body, reason: undefined, clientId: client.id }
}

/** RFC 9126 §2.3. */
function refusal(error: string, description: string, { id }: Client): OAuthResponse {
  const body = JSON.stringify({ error, error_description: description })
  return { status: 400, headers: noStoreHeaders, body, reason: description, clientId: id }
}

/** A pushed request whose user has come. */
export interface OpenedRequest {
  readonly parameters: ReadonlyMap<string, string>
  readonly pushedAs: Uint8Array
}

/**
 * What a client pushed under a `request_uri`, or why it is not to be had. From the first time the user has ten minutes for the
 * answer, in which pages may be loaded again (RFC 9126 §4). Whose browser it is, the client tells by `state` and PKCE: a request
 * that was never pushed could be handed on as well.
 */
export async function openPushedRequest(
  requestUri: string,
  client: Client,
  { pushedRequests, digests, clock }: OAuthContext,
): Promise<OpenedRequest | string> {
  if (!requestUri.startsWith(requestUriPrefix)) return 'the request_uri is none of this server'
  const pushedAs = digests.sha256(requestUri)
  const found = await pushedRequests.find(pushedAs, clock.now())
  if (!found) return 'the request_uri is unknown, has expired or was used'
  if (found.clientId !== client.id) return `the request_uri is one of client ${found.clientId}`
  if (!found.isOpened) await pushedRequests.open(pushedAs, clock.now() + limits.answer)
  return { parameters: parseEncoded(found.parameters, requestNames, 'pushed request'), pushedAs }
}
