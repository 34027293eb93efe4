import type { AssertionBasedGroup, IdentityProvider, IdentityProviderUpdate } from '../api/identity-providers.ts'

/** An identity provider as it is typed. */
export interface ProviderDraft {
  readonly kind: IdentityProvider['kind']
  readonly name: string
  readonly description: string
  readonly enabled: boolean
  readonly issuer: string
  /** PEM, one below the other, or one in base64. */
  readonly certificates: string
  readonly userIdAttribute: string
  readonly clientId: string
  /** Empty: there is none, or it is kept. */
  readonly clientSecret: string
  /** Separated by spaces. */
  readonly scopes: string
  readonly userNameClaim: string
  readonly userIdPrefix: string
  readonly userIdSuffix: string
  readonly defaultGroups: readonly string[]
  readonly assertionBasedGroups: readonly AssertionBasedGroup[]
}

/** What the form of a provider that is not registered yet begins with. */
export function emptyDraft(kind: ProviderDraft['kind']): ProviderDraft {
  return {
    ...{ kind, name: '', description: '', enabled: true, issuer: '', certificates: '', userIdAttribute: '' },
    ...{ clientId: '', clientSecret: '', scopes: 'profile email', userNameClaim: 'preferred_username' },
    ...{ userIdPrefix: '', userIdSuffix: '', defaultGroups: [], assertionBasedGroups: [] },
  }
}

/** What the form of a provider that is edited begins with. */
export function draftOf({ saml, oidc, ...provider }: IdentityProvider): ProviderDraft {
  const { kind, name, description, enabled, userIdPrefix, userIdSuffix, defaultGroups } = provider
  return {
    ...emptyDraft(kind),
    ...{ name, description, enabled, userIdPrefix, userIdSuffix, defaultGroups },
    assertionBasedGroups: provider.assertionBasedGroups,
    issuer: saml?.issuer ?? oidc?.issuer ?? '',
    ...(saml && { certificates: saml.certificates.join(''), userIdAttribute: saml.userIdAttribute }),
    ...(oidc && { clientId: oidc.clientId, scopes: oidc.scopes.join(' '), userNameClaim: oidc.userNameClaim }),
  }
}

/** The fields that must not be empty and are. */
export function missingFields(draft: ProviderDraft): readonly (keyof ProviderDraft)[] {
  const required = draft.kind === 'saml' ? (['certificates'] as const) : (['clientId', 'userNameClaim'] as const)
  return (['name', 'issuer', ...required] as const).filter(field => draft[field].trim() === '')
}

/** What is sent to change the provider. */
export function updateOf(draft: ProviderDraft): IdentityProviderUpdate {
  const { enabled, userIdPrefix, userIdSuffix, clientSecret, defaultGroups, assertionBasedGroups } = draft
  const issuer = draft.issuer.trim()
  return {
    ...{ description: draft.description.trim(), enabled, userIdPrefix, userIdSuffix },
    ...{ defaultGroups, assertionBasedGroups },
    ...(draft.kind === 'saml'
      ? {
          saml: {
            ...{ issuer, certificates: certificatesOf(draft.certificates) },
            userIdAttribute: draft.userIdAttribute.trim(),
          },
        }
      : {
          oidc: {
            ...{ issuer, clientId: draft.clientId.trim(), scopes: draft.scopes.split(/\s+/).filter(Boolean) },
            userNameClaim: draft.userNameClaim.trim(),
            ...(clientSecret !== '' && { clientSecret }),
          },
        }),
  }
}

/** Each certificate of a text with several in PEM; the whole text where there is no such line. */
function certificatesOf(text: string): readonly string[] {
  const pem = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g)
  return pem ?? [text.trim()]
}
