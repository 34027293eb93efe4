import type { OAuthContext } from '../context.ts'
import type { Parameters } from '../endpoints/parameters.ts'
import { OAuthError } from '../errors.ts'
import type { OAuthRequest } from '../message.ts'
import type { Client, ClientKind } from '../ports.ts'
import { certificateProblem } from './certificate.ts'
import { readAssertion, verifyAssertion } from './client-assertion.ts'
import type { ClientCredentials } from './client-authentication.ts'

/**
 * Finds out which client is calling: by a secret, an assertion (RFC 7523), a certificate (RFC 8705), or only by its ID where
 * it is public. Throws `OAuthError`; all wrong IDs, secrets and assertions look alike, also in time.
 */
export async function authenticateClient(
  request: OAuthRequest,
  parameters: Parameters,
  kind: ClientKind,
  context: OAuthContext,
): Promise<Client> {
  const claimed = parameters.get('client_id')
  const credentials = readCredentials(request, parameters, context)
  const assertion = context.settings.extensions ? readAssertion(parameters) : undefined
  if (assertion !== undefined) {
    // RFC 6749 §2.3: one method in each request.
    if (credentials) throw new OAuthError('several_client_authentications', 'an assertion came with a secret')
    return byAssertion(assertion, claimed, { request, kind, context })
  }
  if (credentials === undefined) return withoutSecret(claimed, { request, kind, context })
  const { id, secrets } = credentials
  if (claimed !== undefined && claimed !== id) {
    throw new OAuthError('duplicate_parameter', 'client_id contradicts the Authorization header', { clientId: id })
  }
  return context.secrets.authenticate({ id, secrets, kind, address: request.address })
}

interface Attempt {
  readonly request: OAuthRequest
  readonly kind: ClientKind
  readonly context: OAuthContext
}

async function byAssertion(
  assertion: string,
  id: string | undefined,
  { request: { address }, kind, context }: Attempt,
): Promise<Client> {
  const arrival = context.throttle.arrive()
  const { claimed, verdict } = await verifyAssertion(assertion, context)
  let problem: string
  if (typeof verdict === 'string') problem = verdict
  else if (id !== undefined && id !== claimed) problem = 'client_id is not that of the assertion'
  else if (verdict.client.kind !== kind) problem = `the client is of kind ${verdict.client.kind}`
  else if (await context.usedProofs.use(verdict.usedAs, verdict.expiresAt)) return verdict.client
  else problem = 'the assertion was used before'
  const refusal = new OAuthError('invalid_client_assertion', problem, { clientId: claimed })
  throw await context.throttle.fail({ id: claimed, address }, arrival, refusal)
}

/** A client that has no secret says who it is, and proves it by its certificate or by what it presents (RFC 6749 §3.2.1, RFC 7636). */
async function withoutSecret(id: string | undefined, { request, kind, context }: Attempt): Promise<Client> {
  const arrival = context.throttle.arrive()
  const client = id === undefined ? undefined : await context.findClient(id)
  if (client?.kind === kind && !client.confidential && !client.keyAuthentication) return client
  const certificate = client?.kind === kind && client.keyAuthentication ? request.certificate?.() : undefined
  if (!client || !certificate) {
    throw new OAuthError('no_client_credentials', 'no Basic Authorization header was sent', {
      ...(id !== undefined && { clientId: id }),
    })
  }
  const { settings, throttle } = context
  const offered = settings.extensions ? settings.certificateMethods : []
  const problem = certificateProblem(client, certificate, offered, arrival.at)
  if (problem === undefined) return client
  const refusal = new OAuthError('invalid_client_certificate', problem, { clientId: client.id })
  throw await throttle.fail({ id: client.id, address: request.address }, arrival, refusal)
}

function readCredentials(
  request: OAuthRequest,
  parameters: Parameters,
  context: OAuthContext,
): ClientCredentials | undefined {
  const { clientAuthentication } = context.settings
  let misplaced: ClientCredentials | undefined
  for (const method of context.clientAuthentications) {
    const credentials = method.read(request, parameters)
    if (!credentials) continue
    if (method.acceptedUnder.includes(clientAuthentication)) return credentials
    misplaced = credentials
  }
  if (misplaced) {
    throw new OAuthError('client_credentials_misplaced', 'credentials were sent in the body or query', {
      clientId: misplaced.id,
    })
  }
  return undefined
}
