import { randomBytes } from 'node:crypto'
import { type Client, type OAuthResponse, tokenEndpoint } from '@sluice/oauth'
import type { TokenService } from '@sluice/server/testing'

export const application = 'deviflmap'
/** Of each client. */
export const secret = randomBytes(24).toString('base64url')
/** As many requests as a server under load has at a time. */
export const batchSize = 32

export const clientIdOf = (index: number) => `client-${index}`

/** Clients that get tokens by client credentials, good for half a year. */
export async function createClients({ store, oauth }: TokenService, count: number): Promise<void> {
  const secretHash = await oauth.hasher.hash(secret)
  for (let index = 0; index < count; index++) {
    const id = clientIdOf(index)
    const client: Client = {
      ...{ kind: 'application', id, name: id, description: '', subscription: application, scopes: [] },
      ...{ grant: 'client_credentials', confidential: true, skipConsent: false, redirectUri: undefined },
      ...{ tokenLifetimeSeconds: 180 * 86_400, refreshTokenLifetimeSeconds: 3600, translations: {}, createdAt: 0 },
    }
    await store.clients.create(client, secretHash)
  }
}

/** The text of a token, by a request to the token endpoint. */
export async function issue({ oauth }: TokenService, clientId: string, query = ''): Promise<string> {
  const answer: OAuthResponse = await tokenEndpoint(
    {
      ...{ method: 'POST', query, contentType: 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
      authorization: `Basic ${btoa(`${clientId}:${secret}`)}`,
      address: '127.0.0.1',
    },
    'application',
    oauth,
  )
  if (answer.status !== 200) throw new Error(`Expected a token, found ${answer.status} ${answer.body}`)
  return (JSON.parse(answer.body) as { access_token: string }).access_token
}
