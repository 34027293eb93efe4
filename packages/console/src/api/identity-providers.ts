import { call, callJson } from './http.ts'

/** A condition on an attribute of a user. */
export interface GroupRule {
  readonly assertionAttribute: string
  readonly operation: 'equals' | 'regexp'
  readonly value: string
}

/** A group for users that fulfil all rules. */
export interface AssertionBasedGroup {
  readonly group: string
  readonly rules: readonly GroupRule[]
}

/** What an identity provider that signs SAML assertions is registered with. */
export interface SamlSettings {
  readonly issuer: string
  /** PEM. */
  readonly certificates: readonly string[]
  readonly userIdAttribute: string
}

/** What an OpenID provider is registered with. */
export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly userNameClaim: string
}

/** What can be edited of an identity provider. Without a secret the stored one stays. */
export interface IdentityProviderUpdate {
  readonly description: string
  readonly enabled: boolean
  readonly userIdPrefix: string
  readonly userIdSuffix: string
  readonly saml?: SamlSettings
  readonly oidc?: OidcSettings & { readonly clientSecret?: string }
  readonly defaultGroups: readonly string[]
  readonly assertionBasedGroups: readonly AssertionBasedGroup[]
}

/** A certificate as people tell it from others. Times are ISO 8601. */
export interface CertificateFacts {
  readonly subject: string
  readonly validFrom: string
  readonly validUntil: string
  readonly sha256: string
}

/** An identity provider that this server trusts. Times are ISO 8601. */
export interface IdentityProvider extends IdentityProviderUpdate {
  readonly name: string
  readonly kind: 'saml' | 'oidc'
  readonly oidc?: OidcSettings
  /** Of a SAML provider, in the order of its certificates. */
  readonly certificates?: readonly CertificateFacts[]
  /** Of an OpenID provider: to be registered there. */
  readonly redirectUri?: string
  readonly createdAt: string
  readonly modifiedAt: string
}

/** The identity providers, and what those of SAML have to know of this server. */
export interface IdentityProviders {
  readonly identityProviders: readonly IdentityProvider[]
  readonly localProvider: { readonly name: string; readonly tokenEndpoint: string }
}

const root = '/api/identity/v1/identity-providers'
const pathOf = (name: string) => `${root}/${encodeURIComponent(name)}`

export function listIdentityProviders(): Promise<IdentityProviders> {
  return callJson('GET', root)
}

export function readIdentityProvider(name: string): Promise<IdentityProvider> {
  return callJson('GET', pathOf(name))
}

export function createIdentityProvider(json: IdentityProviderUpdate & { name: string }): Promise<IdentityProvider> {
  return callJson('POST', root, { json })
}

export function updateIdentityProvider(name: string, json: IdentityProviderUpdate): Promise<IdentityProvider> {
  return callJson('PUT', pathOf(name), { json })
}

export async function deleteIdentityProvider(name: string): Promise<void> {
  await call('DELETE', pathOf(name))
}

/** What metadata say of a SAML identity provider. */
export function readSamlMetadata(metadata: string): Promise<Pick<SamlSettings, 'issuer' | 'certificates'>> {
  return callJson('POST', '/api/identity/v1/saml-metadata', { json: { metadata } })
}
