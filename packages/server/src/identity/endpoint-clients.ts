import { isClientId, type OAuthContext, OAuthError, oauthClientUser } from '@sluice/oauth'
import type { PasswordVerdict } from '../http/authentication.ts'

/** Clients that show ID and secret where others show a token. */
export interface EndpointClients {
  /** The application whose endpoints they call. */
  readonly application: string
  /**
   * Checks ID and secret as the token endpoint does, so that repeats are cheap and failures are slowed. The caller then is
   * `oauth_client_<client ID>`, as with a token of its own. Undefined when no client has this ID.
   */
  verify(id: string, secret: string, address: string): Promise<PasswordVerdict | undefined>
}

/** Documented behaviour of the Cloud Foundry environment: Basic with the client ID and secret of a service key. */
export function createEndpointClients(
  { findClient, secrets }: Pick<OAuthContext, 'findClient' | 'secrets'>,
  application: string,
): EndpointClients {
  return {
    application,
    async verify(id, secret, address) {
      if (!isClientId(id) || !(await findClient(id))) return undefined
      try {
        const client = await secrets.authenticate({ id, secrets: [secret], kind: 'application', address })
        if (client.grant !== 'client_credentials') return refused(`client ${id} has no user of its own`)
        if (client.subscription !== application) {
          return refused(`client ${id} is subscribed to ${client.subscription}, not to ${application}`)
        }
        if (client.tokenBinding) return refused(`client ${id} must prove a key with each call`)
        return { accepted: true, user: oauthClientUser(client.id) }
      } catch (error) {
        if (!(error instanceof OAuthError)) throw error
        const retryAfter = error.headers['Retry-After']
        return { ...refused(error.reason), ...(retryAfter !== undefined && { retryAfter: Number(retryAfter) }) }
      }
    },
  }
}

function refused(reason: string): PasswordVerdict {
  return { accepted: false, reason }
}
