import { type Clock, type Credential, type Credentials, Failure, type HttpClient } from '@sluice/iflow'
import type { DeployedCredential, Store } from '../store/store.ts'
import { AccessTokens } from './access-tokens.ts'

/** Security material as running flows see it: that of the store, and the access tokens fetched with it. */
export function flowCredentials(
  store: Pick<Store, 'credentials' | 'changes'>,
  http: HttpClient,
  clock: Pick<Clock, 'now'>,
): Credentials {
  const find = async (name: string): Promise<Credential | undefined> => {
    const found = await store.credentials.findWithSecret(name)
    return found && credentialOf(found, found.secret)
  }
  const tokens = new AccessTokens({
    http,
    clock,
    find: async name => {
      const found = await find(name)
      if (found?.kind === 'oauth2-client') return found
      const what = found === undefined ? 'none' : 'security material of another kind'
      const message = `Expected OAuth2 client credentials "${name}", found ${what}: deploy them under this name`
      throw new Failure(message, { code: 'credential' })
    },
  })
  store.changes.on('credentials', name => tokens.forget(name))
  return { find, accessToken: (name, refused) => tokens.get(name, refused) }
}

/** Security material of the store as flows see it, with a secret. */
export function credentialOf({ kind, attributes, customParameters }: DeployedCredential, secret: string): Credential {
  if (kind === 'secure-parameter') return { kind, value: secret }
  const { user = '', tokenServiceUrl = '', clientId = '', scope = '', resource = '', audience = '' } = attributes
  if (kind === 'user') return { kind, user, password: secret }
  return {
    kind,
    tokenServiceUrl,
    clientId,
    clientSecret: secret,
    clientAuthentication: attributes.clientAuthentication === 'header' ? 'header' : 'body',
    contentType: /json/i.test(attributes.scopeContentType ?? '') ? 'json' : 'form',
    scope,
    resource,
    audience,
    parameters: customParameters.map(({ key, value, sendAsPartOf }) => {
      return { name: key, value, in: sendAsPartOf === 'header' || sendAsPartOf === 'url' ? sendAsPartOf : 'body' }
    }),
  }
}
