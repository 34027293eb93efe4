import { generateKeyPairSync } from 'node:crypto'
import { Provider } from 'oidc-provider'

const [port, accessTokenFormat, clientId, clientSecret] = process.argv.slice(2)
const audience = 'urn:bench'
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })

// The storage is oidc-provider's own default: in memory, the newest 1,000 entries.
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'ES256',
    },
  ],
  jwks: { keys: [{ ...key, alg: 'ES256', use: 'sig', kid: 'bench' }] },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      getResourceServerInfo: () => ({
        scope: '',
        audience,
        accessTokenTTL: 3600,
        accessTokenFormat,
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
})

provider.listen(Number(port), '127.0.0.1')
