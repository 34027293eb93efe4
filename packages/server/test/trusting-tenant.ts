import { after, before, beforeEach } from 'node:test'
import { type IdToken, OpenIdProvider } from '../src/testing/openid-provider.ts'
import type { Wanderer } from '../src/testing/wanderer.ts'
import { type Answer, ok, Tenant } from './tenant.ts'

const pristine = () => ({
  userInfo: {},
  bend: (token: IdToken) => token,
  bendAnswer: () => {},
  failsWith: undefined,
  takesCodesAgain: false,
})

/** A tenant that trusts the OpenID providers Corporate and Partner. */
export class TrustingTenant {
  readonly tenant: Tenant
  readonly corporate: OpenIdProvider
  /** As providers are that do not know RFC 9207. */
  readonly partner: OpenIdProvider

  private constructor(tenant: Tenant, corporate: OpenIdProvider, partner: OpenIdProvider) {
    this.tenant = tenant
    this.corporate = corporate
    this.partner = partner
  }

  /** All users get into Staff, which may send messages, and those of the realm's group `it` into IT, which administers. */
  static async start(): Promise<TrustingTenant> {
    const partner = await OpenIdProvider.start({ authorization_response_iss_parameter_supported: false })
    const world = new TrustingTenant(await Tenant.start(), await OpenIdProvider.start(), partner)
    const groups = '/authorization/v1/accounts/dev/groups'
    await world.administer('POST', groups, { groups: [{ name: 'Staff' }, { name: 'IT' }] })
    const give = (group: string, applicationName: string, name: string) => {
      const roles = [{ name, applicationName, providerAccount: 'dev' }]
      return world.administer('PUT', `${groups}/roles?groupName=${group}`, { roles })
    }
    await give('Staff', 'deviflmap', 'ESBMessaging.send')
    await give('IT', 'cockpit', 'Administrator')
    await world.register('Corporate', world.corporate)
    await world.register('Partner', partner)
    return world
  }

  /** As both providers are at first. */
  restore(): void {
    Object.assign(this.corporate, pristine(), { user: { sub: '1', preferred_username: 'ann' } })
    Object.assign(this.partner, pristine(), { user: { sub: '9', preferred_username: 'pat' } })
  }

  async close(): Promise<void> {
    await this.tenant.close()
    await this.corporate.close()
    await this.partner.close()
  }

  async administer(method: string, path: string, json?: unknown): Promise<Answer> {
    return ok(await this.tenant.administer(method, path, json))
  }

  /** What is said of a provider. `more`: of its trust. */
  trust(issuer: string, more: Record<string, unknown> = {}): Record<string, unknown> {
    const rules = [{ assertionAttribute: 'realm.groups', operation: 'equals', value: 'it' }]
    return {
      enabled: true,
      oidc: { issuer, clientId: 'sluice', clientSecret: 'a secret', scopes: [], ...more },
      defaultGroups: ['Staff'],
      assertionBasedGroups: [{ group: 'IT', rules }],
    }
  }

  async register(name: string, { issuer }: OpenIdProvider): Promise<void> {
    await this.administer('POST', '/api/identity/v1/identity-providers', { name, ...this.trust(issuer) })
  }

  async update(name: string, json: Record<string, unknown>): Promise<void> {
    await this.administer('PUT', `/api/identity/v1/identity-providers/${name}`, json)
  }

  at(path: string): string {
    return `${this.tenant.server.url}${path}`
  }

  /** The address that begins a sign-in. */
  begin(provider = 'Corporate', returnTo = '/oauth2'): string {
    return this.at(`/oauth2/sign-in/start?${new URLSearchParams({ provider, return_to: returnTo })}`)
  }

  /** The address that a provider sends browsers back to. */
  callback(provider = 'corporate'): string {
    return this.at(`/oauth2/sign-in/callback/${provider}`)
  }

  /** Goes to the provider and comes back, but does not open the address to which it comes back. */
  comeBack(person: Wanderer, provider = 'Corporate'): Promise<string> {
    return person.openUntil(this.begin(provider), this.callback(provider.toLowerCase()))
  }

  async sessionOf(
    person: Wanderer,
  ): Promise<{ status: number; user?: string; provider?: string; roles?: { role: string }[] }> {
    const { status, text } = await person.step(this.at('/api/session/v1'))
    return { status, ...JSON.parse(text) }
  }

  /** Why requests were refused, as the access log has it. */
  async reasons(): Promise<string[]> {
    return (await this.tenant.accessLog()).flatMap(({ reason }) => (reason === undefined ? [] : [reason]))
  }
}

/** Starts one for the tests of a file, and has it as it was at first before each. */
export function withTrustingTenant(use: (world: TrustingTenant) => void): void {
  let world: TrustingTenant
  before(async () => {
    world = await TrustingTenant.start()
    use(world)
  })
  beforeEach(() => world.restore())
  after(() => world.close())
}
