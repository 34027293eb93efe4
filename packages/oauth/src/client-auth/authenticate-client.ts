import type { OAuthContext } from '../context.ts'
import type { Parameters } from '../endpoints/parameters.ts'
import { OAuthError } from '../errors.ts'
import type { OAuthRequest } from '../message.ts'
import type { Client, ClientKind } from '../ports.ts'
import type { ClientCredentials } from './client-authentication.ts'

/** Finds out which client is calling. Throws `OAuthError`; all wrong IDs and secrets look alike, also in time. */
export async function authenticateClient(
  request: OAuthRequest,
  parameters: Parameters,
  kind: ClientKind,
  context: OAuthContext,
): Promise<Client> {
  const claimed = parameters.get('client_id')
  const credentials = readCredentials(request, parameters, context)
  if (credentials === undefined) return publicClient(claimed, kind, context)
  const { id, secrets } = credentials
  if (claimed !== undefined && claimed !== id) {
    throw new OAuthError('duplicate_parameter', 'client_id contradicts the Authorization header', { clientId: id })
  }
  return context.secrets.authenticate({ id, secrets, kind, address: request.address })
}

/** A client that has no secret says who it is, and proves it by what it presents (RFC 6749 §3.2.1, RFC 7636). */
async function publicClient(id: string | undefined, kind: ClientKind, context: OAuthContext): Promise<Client> {
  const client = id === undefined ? undefined : await context.findClient(id)
  if (client?.kind === kind && !client.confidential) return client
  throw new OAuthError('no_client_credentials', 'no Basic Authorization header was sent', {
    ...(id !== undefined && { clientId: id }),
  })
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
