import { userNameProblem } from '@sluice/oauth'
import type { IDToken, UserInfoResponse } from 'openid-client'
import type { IdentityProvider, OidcTrust } from '../../store/store.ts'
import type { UserAttributes } from '../group-mapping.ts'
import { SignInRefusal } from './sign-in-problem.ts'

/** What an OpenID provider says of a user. */
export type Claims = IDToken | (IDToken & UserInfoResponse)

/** A trusted OpenID provider. */
export type OidcProvider = IdentityProvider & { readonly trust: OidcTrust }

/** Values and nested claims that rules can look at. */
const limits = { values: 2_000, depth: 3 } as const

/**
 * Claims as attributes for the rules of groups: texts, numbers and truth values, or lists of them; claims inside of others
 * with a dot (`realm_access.roles`).
 */
export function attributesOf(claims: Claims): UserAttributes {
  const attributes = new Map<string, string[]>()
  let count = 0
  const add = (name: string, value: unknown, depth: number) => {
    if (count >= limits.values || value === null) return
    if (Array.isArray(value)) for (const item of value) add(name, typeof item === 'object' ? null : item, depth)
    else if (typeof value === 'object') {
      if (depth < limits.depth)
        for (const [key, inner] of Object.entries(value)) add(`${name}.${key}`, inner, depth + 1)
    } else if (value !== undefined) {
      count += 1
      attributes.set(name, [...(attributes.get(name) ?? []), String(value)])
    }
  }
  for (const [name, value] of Object.entries(claims)) add(name, value, 1)
  return attributes
}

/**
 * An ID token with what the UserInfo endpoint adds. That one says that an address is verified is no word about another address in
 * the other.
 */
export function joined(token: IDToken, userInfo: UserInfoResponse): Claims {
  const isOtherAddress = token['email'] !== undefined && token['email'] !== userInfo.email
  return { ...userInfo, ...(isOtherAddress && { email_verified: undefined }), ...token }
}

/** The claims that deciding about a user needs. */
export function neededClaims({ trust, assertionBasedGroups }: OidcProvider): string[] {
  const ofRules = assertionBasedGroups.flatMap(({ rules }) => rules.map(rule => rule.assertionAttribute))
  return [...new Set([trust.userNameClaim, ...ofRules])]
}

/**
 * The name of a user here. Throws `SignInRefusal` `no-user-name`; also for an e-mail address that the provider has not verified,
 * which anybody could have typed there.
 */
export function userNameOf({ trust, userIdPrefix, userIdSuffix }: OidcProvider, claims: Claims): string {
  const { userNameClaim } = trust
  const value = claims[userNameClaim]
  if (typeof value !== 'string' || value === '') {
    throw new SignInRefusal('no-user-name', `the provider tells no text as claim "${userNameClaim}"`)
  }
  if (userNameClaim === 'email' && claims['email_verified'] !== true) {
    throw new SignInRefusal('no-user-name', 'the provider has not verified the e-mail address (email_verified)')
  }
  const name = `${userIdPrefix}${value}${userIdSuffix}`
  const problem = userNameProblem(name)
  if (problem !== undefined) throw new SignInRefusal('no-user-name', `claim "${userNameClaim}": ${problem}`)
  return name
}

const shortTextPattern = /^\P{C}{0,255}$/u

/** A claim that is a text of at most 255 characters, all of them visible; empty for anything else. */
export function shortText(claim: unknown): string {
  return typeof claim === 'string' && shortTextPattern.test(claim) ? claim : ''
}

/**
 * Who a user is at the provider (OpenID Connect Core 1.0 §2: at most 255 characters). Throws `SignInRefusal`
 * `untrusted-answer`.
 */
export function subjectOf({ sub }: Claims): string {
  if (sub !== '' && shortText(sub) === sub) return sub
  throw new SignInRefusal('untrusted-answer', 'claim "sub" is empty, longer than 255 characters or has invisible ones')
}
