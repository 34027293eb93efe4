import {
  createCipheriv,
  createDecipheriv,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import {
  type ApplicationScope,
  type Assertions,
  type BlockCipher,
  type Client,
  clientAuthentications,
  createOAuthContext,
  type Digests,
  grants,
  type Keys,
  type OAuthAuditEvent,
  type OAuthContext,
  type OAuthRequest,
  type OAuthResponse,
  type OAuthSettings,
  type OpaqueToken,
  type SigningKey,
  type StoredClientSecret,
  tokenEndpoint,
} from '../src/index.ts'
import { AuthorizationsInMemory } from './authorizations-in-memory.ts'
import { publicKeys } from './client-keys.ts'
import { PushedRequestsInMemory } from './pushed-requests-in-memory.ts'

/** A clock that stands still until it is told to go on. */
export class SettableClock {
  #now = Date.UTC(2026, 0, 1)
  readonly #sleepers: { until: number; wake: () => void }[] = []

  now(): number {
    return this.#now
  }

  sleep(ms: number): Promise<void> {
    if (ms <= 0) return Promise.resolve()
    return new Promise(wake => this.#sleepers.push({ until: this.#now + ms, wake }))
  }

  get sleeping(): number {
    return this.#sleepers.length
  }

  /** Times at which sleepers wake up, in milliseconds from now, soonest first. */
  get delays(): number[] {
    return this.#sleepers.map(({ until }) => until - this.#now).sort((a, b) => a - b)
  }

  advance(ms: number): void {
    this.#now += ms
    const due = this.#sleepers.filter(({ until }) => until <= this.#now)
    for (const sleeper of due) {
      this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1)
      sleeper.wake()
    }
  }
}

const digests: Digests = {
  sha256: text => createHash('sha256').update(text).digest(),
  keyed: text => createHash('sha256').update(`key ${text}`).digest(),
  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
}

const cipherKey = Buffer.alloc(16, 1)
const tokenCipher: BlockCipher = {
  encrypt: block => createCipheriv('aes-128-ecb', cipherKey, null).update(block),
  decrypt: block => createDecipheriv('aes-128-ecb', cipherKey, null).setAutoPadding(false).update(block),
}

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** A real ES256 key; all tests share one pair, `kid` tells keys apart. */
export function signingKey(kid: string, { privateKey, publicKey } = pair): SigningKey {
  const dsaEncoding = 'ieee-p1363'
  return {
    kid,
    alg: 'ES256',
    sign: input => sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding }),
    verify: (input, signature) =>
      verify('sha256', Buffer.from(input), { key: publicKey as KeyObject, dsaEncoding }, signature),
    publicJwk: { ...(publicKey.export({ format: 'jwk' }) as Record<string, string>), kid, alg: 'ES256', use: 'sig' },
  }
}

export const application = (more: Partial<Client> = {}): Client => ({
  kind: 'application',
  id: 'orders',
  name: 'Orders',
  description: '',
  subscription: 'deviflmap',
  grant: 'client_credentials',
  confidential: true,
  scopes: [],
  tokenLifetimeSeconds: 3600,
  refreshTokenLifetimeSeconds: 86_400,
  redirectUri: undefined,
  skipConsent: false,
  translations: {},
  createdAt: Date.UTC(2025, 0, 1),
  ...more,
})

export const platform = (more: Partial<Client> = {}): Client =>
  application({
    kind: 'platform',
    id: 'operations',
    subscription: '',
    scopes: ['hcp.manageAuthorizationSettings', 'hcp.readAuthorizationSettings'],
    tokenLifetimeSeconds: 1500,
    ...more,
  })

/** An authorization server with everything in memory. */
export class World {
  readonly clock = new SettableClock()
  readonly clients = new Map<string, { client: Client; secrets: StoredClientSecret[] }>()
  /** Uses of secrets that the store was told of. */
  readonly uses: [secretId: string, at: number][] = []
  readonly tokens = new Map<string, OpaqueToken>()
  readonly authorizations = new AuthorizationsInMemory(this.tokens)
  readonly pushedRequests = new PushedRequestsInMemory()
  /** Until when each is remembered. */
  readonly usedProofs = new Map<string, number>()
  /** By application. */
  readonly scopes = new Map<string, readonly ApplicationScope[]>()
  /** What the signature check says of any assertion, and the ways of using it up. */
  readonly assertions: { -readonly [K in keyof Assertions]: Assertions[K] } = {
    verify: async () => 'no identity provider is trusted',
    redeem: async ({ user, signer }) => ({ user, word: { provider: signer.name, trustedSince: 0 } }),
    counts: async () => true,
  }
  readonly signingKeys = [signingKey('first')]
  readonly context: OAuthContext
  /** What the audit log was told. */
  readonly events: OAuthAuditEvent[] = []
  /** How often the slow hash was computed. */
  slowChecks = 0
  reads = 0
  #drawn = 0

  constructor(settings: Partial<OAuthSettings> = {}) {
    const keys: Keys = {
      current: () => this.signingKeys[0] as SigningKey,
      find: kid => this.signingKeys.find(key => key.kid === kid),
      all: () => this.signingKeys,
    }
    this.context = createOAuthContext({
      settings: {
        issuer: 'https://sluice.example',
        providerAccount: 'sluice',
        clientAuthentication: 'basic',
        extensions: false,
        requestsPerMinute: 60_000,
        certificateMethods: [],
        authorizationDaysMax: 365,
        localProviderName: '',
        ...settings,
      },
      clients: {
        find: async id => {
          this.reads += 1
          return this.clients.get(id)?.client
        },
        findSecrets: async id => this.clients.get(id)?.secrets ?? [],
        secretUsed: (id, at) => void this.uses.push([id, at]),
      },
      tokens: {
        insert: async token => void this.tokens.set(hex(token.key), token),
        find: async key => {
          this.reads += 1
          return this.tokens.get(hex(key))
        },
        delete: async key => this.revoke(key),
      },
      authorizations: this.authorizations,
      pushedRequests: this.pushedRequests,
      usedProofs: {
        use: async (key, expiresAt) =>
          !this.usedProofs.has(hex(key)) && this.usedProofs.set(hex(key), expiresAt) !== undefined,
      },
      publicKeys,
      audit: { record: event => void this.events.push(event) },
      assertions: this.assertions,
      scopes: { ofApplication: async application => this.scopes.get(application) ?? [] },
      hasher: {
        hash: async secret => `slow ${secret}`,
        verify: async (secret, stored) => {
          this.slowChecks += 1
          return stored === `slow ${secret}`
        },
        find: async (secret, stored) => {
          if (stored.length > 0) this.slowChecks += 1
          return stored.indexOf(`slow ${secret}`)
        },
      },
      keys,
      digests,
      tokenCipher,
      clock: this.clock,
      random: {
        bytes: count =>
          createHash('shake256', { outputLength: count })
            .update(`${this.#drawn++}`)
            .digest(),
      },
      grants,
      clientAuthentications,
    })
  }

  /** Stores a client and tells the server, as the store's change events do. */
  register(client: Client, ...given: (string | { text: string; expiresAt: number } | undefined)[]): this {
    const secrets = (given.length === 0 ? ['pa55-word'] : given).flatMap((secret, index) => {
      if (secret === undefined) return []
      const { text, expiresAt } = typeof secret === 'string' ? { text: secret, expiresAt: undefined } : secret
      return [{ id: `${index + 1}`, hash: `slow ${text}`, expiresAt }]
    })
    this.clients.set(client.id, { client, secrets })
    this.context.forgetClient(client.id)
    return this
  }

  deleteClient(id: string): void {
    this.clients.delete(id)
    for (const [hash, token] of this.tokens) if (token.clientId === id) this.tokens.delete(hash)
    this.context.forgetClient(id)
  }

  /** As the store does it. */
  async revoke(key: Uint8Array): Promise<boolean> {
    const found = this.tokens.get(hex(key))
    if (!found) return false
    this.tokens.delete(hex(key))
    if (found.authorization !== undefined) await this.authorizations.end(found.authorization)
    this.context.validator.forgetToken(new Uint8Array())
    return true
  }

  deleteToken(token: string): void {
    const key = keyOf(token)
    this.tokens.delete(hex(key))
    this.context.validator.forgetToken(key)
  }

  request(request: Partial<OAuthRequest>): Promise<OAuthResponse> {
    return tokenEndpoint({ ...blank, ...request }, 'application', this.context)
  }

  requestPlatform(request: Partial<OAuthRequest>): Promise<OAuthResponse> {
    return tokenEndpoint({ ...blank, ...request }, 'platform', this.context)
  }

  /** The token of a successful client credentials request. */
  async token(id: string, parameters = '', secret = 'pa55-word'): Promise<string> {
    const query = `grant_type=client_credentials${parameters}`
    const response = await this.request({ query, authorization: basic(id, secret) })
    return JSON.parse(response.body).access_token
  }

  validate(token: string, application = 'deviflmap') {
    return this.context.validator.validate(token, application, this.clock.now())
  }
}

const blank: OAuthRequest = {
  method: 'POST',
  query: '',
  contentType: undefined,
  body: '',
  authorization: undefined,
  address: '192.0.2.1',
}

export function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
}

/** Lets everything run that waits for nothing but promises. */
export function settle(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** Where a token is stored: the time it was issued at, then SHA-256 of its text. */
export function keyOf(token: string): Uint8Array {
  const time = tokenCipher.decrypt(Buffer.from(token, 'hex')).subarray(0, 4)
  return Uint8Array.from([...time, ...digests.sha256(token)])
}
