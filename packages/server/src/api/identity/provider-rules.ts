import type { FromSchema } from 'json-schema-to-ts'
import { Problem } from '../../http/problem.ts'
import { groupRuleProblem } from '../../identity/group-mapping.ts'
import { readSigningCertificate } from '../../identity/signing-certificate.ts'
import { type ProviderMetadata, readMetadata } from '../../saml/read-metadata.ts'
import { SamlError } from '../../saml/saml-xml.ts'
import type { AssertionBasedGroup, IdentityProvider, OidcTrust, SamlTrust } from '../../store/store.ts'
import type { providerUpdate } from './provider-schemas.ts'

/** An identity provider as an administrator states it. */
export type ProviderBody = FromSchema<typeof providerUpdate>

/**
 * An identity provider as it is to be stored. `knownGroups`: names of the groups there are. Throws `Problem` 400 that lists
 * everything that is wrong.
 */
export function statedProvider(
  body: ProviderBody,
  origin: Pick<IdentityProvider, 'name' | 'createdAt' | 'modifiedAt'>,
  knownGroups: readonly string[],
): IdentityProvider {
  const { description = '', enabled, userIdPrefix = '', userIdSuffix = '', saml, oidc } = body
  const { defaultGroups = [], assertionBasedGroups = [] } = body
  const problems: string[] = []
  const trust = saml ? samlTrust(saml, problems) : oidc && oidcTrust(oidc, problems)
  if (!trust || (saml && oidc)) problems.push('Expected either "saml" or "oidc".')
  problems.push(
    ...groupProblems(defaultGroups, assertionBasedGroups, knownGroups),
    ...ruleProblems(assertionBasedGroups),
  )
  if (!trust || problems.length > 0) throw new Problem(400, 'invalid-identity-provider', problems.join(' '))
  return {
    ...origin,
    ...{ description, enabled, userIdPrefix, userIdSuffix, trust },
    ...{ defaultGroups, assertionBasedGroups },
  }
}

/** What metadata say of a SAML identity provider, its certificates in PEM. Throws `Problem` 400. */
export function statedMetadata(xml: string, now: number): ProviderMetadata {
  try {
    const { issuer, certificates } = readMetadata(xml, now)
    return { issuer, certificates: certificates.map(readSigningCertificate) }
  } catch (error) {
    if (error instanceof SamlError) {
      const detail = `Expected "metadata" to be those of one SAML identity provider, found that ${error.message}.`
      throw new Problem(400, 'invalid-metadata', detail, { cause: error })
    }
    if (!(error instanceof RangeError)) throw error
    throw new Problem(400, 'invalid-metadata', `Expected "metadata" with ${error.message}, found another certificate.`)
  }
}

function samlTrust(
  { issuer, certificates, userIdAttribute = '' }: NonNullable<ProviderBody['saml']>,
  problems: string[],
): SamlTrust {
  const read = certificates.map((text, index) => {
    try {
      return readSigningCertificate(text)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      problems.push(`Expected "saml.certificates.${index}" to be ${error.message}.`)
      return ''
    }
  })
  return { kind: 'saml', issuer, certificates: [...new Set(read)], userIdAttribute }
}

function oidcTrust(oidc: NonNullable<ProviderBody['oidc']>, problems: string[]): OidcTrust {
  const { issuer, clientId, scopes = ['profile', 'email'], userNameClaim = 'preferred_username' } = oidc
  if (!isIssuer(issuer)) {
    problems.push(
      'Expected "oidc.issuer" to be an https URL without query and fragment, or one of http on this machine.',
    )
  }
  return { kind: 'oidc', issuer, clientId, scopes: scopes.filter(scope => scope !== 'openid'), userNameClaim }
}

/** OpenID Connect Discovery 1.0 §2; http only where nobody is between. */
function isIssuer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.username !== '' || url.password !== '' || /[?#]/.test(text)) return false
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
}

/** As in the original, groups come first. */
function groupProblems(
  defaultGroups: readonly string[],
  entries: readonly AssertionBasedGroup[],
  knownGroups: readonly string[],
): string[] {
  const known = new Set(knownGroups.map(group => group.toLowerCase()))
  const named = new Set([...defaultGroups, ...entries.map(entry => entry.group)])
  return [...named]
    .filter(group => !known.has(group.toLowerCase()))
    .map(group => `Expected the name of a group, found "${group}".`)
}

function ruleProblems(entries: readonly AssertionBasedGroup[]): string[] {
  return entries.flatMap(({ group, rules }) =>
    rules.flatMap(rule => {
      const problem = groupRuleProblem(rule)
      return problem === undefined ? [] : [`In a rule of group "${group}": ${problem}`]
    }),
  )
}
