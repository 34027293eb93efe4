import type { OAuthErrorCode } from '../errors.ts'
import type { AssertionSigner, SamlAssertion, SubjectConfirmation, VerifiedAssertion } from './assertions.ts'

/** Clocks of identity providers may differ by so much. */
const skewMs = 60_000
/** RFC 7522 §3 rule 6: what is valid unreasonably long is refused. */
const validMsMax = 86_400_000

const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
/** Those that name the same user each time. */
const nameIdFormats: readonly string[] = [
  'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
]

/** A rule that an assertion breaks: the code for the caller, the reason for the log. */
export interface BrokenRule {
  readonly code: OAuthErrorCode
  readonly reason: string
}

/** For whom an assertion has to be. */
export interface Expected {
  /** Names of this server, one of which each audience restriction has. */
  readonly audiences: readonly string[]
  /** URLs of the token endpoint. */
  readonly recipients: readonly string[]
  /** Milliseconds since 1970. */
  readonly now: number
}

const broken = (code: OAuthErrorCode, reason: string): BrokenRule => ({ code, reason })

/**
 * Which identity provider vouches for an assertion. The issuer is the provider (RFC 7522 §3 rule 1) or, as the original wants
 * it, the client that presents the assertion. `wanted`: the name of the provider, where the request has one.
 */
export function signerOf(
  { assertion, signers }: VerifiedAssertion,
  clientId: string,
  wanted: string | undefined,
): AssertionSigner | BrokenRule {
  const named =
    wanted === undefined ? signers : signers.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  const issuing = named.filter(({ issuer }) => issuer === assertion.issuer)
  const possible = issuing.length === 0 && assertion.issuer === clientId ? named : issuing
  const [signer, ...others] = possible
  if (!signer) {
    return broken('invalid_assertion', 'the issuer is neither the provider that signed the assertion nor the client')
  }
  return others.length === 0
    ? signer
    : broken('ambiguous_assertion', `the signature fits ${possible.length} identity providers`)
}

/** RFC 7522 §3 rules 2, 4, 5 and 6; otherwise until when the assertion could be used, skew of clocks included. */
export function validityOf(assertion: SamlAssertion, expected: Expected): number | BrokenRule {
  const { notBefore, notOnOrAfter, audiences, confirmations } = assertion
  const { now } = expected
  if (audiences.length === 0) return broken('assertion_for_others', 'the assertion has no audience')
  if (!audiences.every(names => names.some(name => expected.audiences.includes(name)))) {
    return broken('assertion_for_others', 'the assertion is for another audience')
  }
  if (notBefore !== undefined && now + skewMs < notBefore) {
    return broken('assertion_not_valid_now', 'the assertion is not yet valid')
  }
  if (notOnOrAfter !== undefined && now - skewMs >= notOnOrAfter) {
    return broken('assertion_not_valid_now', 'the assertion has expired')
  }
  const bearers = confirmations.filter(({ method }) => method === bearer)
  const problems = bearers.map(confirmation => confirmationProblem(confirmation, notOnOrAfter, expected))
  if (!problems.includes(undefined)) {
    return problems[0] ?? broken('invalid_assertion', 'the subject has no bearer confirmation')
  }
  const ends = bearers.map(({ data }) => data?.notOnOrAfter ?? Number.NEGATIVE_INFINITY)
  const end = (notOnOrAfter ?? Math.max(...ends)) + skewMs
  if (end - now > validMsMax + skewMs) {
    return broken('assertion_not_valid_now', 'the assertion is valid for more than a day')
  }
  return end
}

/** RFC 7522 §3 rule 5; without data the conditions must say until when. */
function confirmationProblem(
  { data }: SubjectConfirmation,
  notOnOrAfter: number | undefined,
  { recipients, now }: Expected,
): BrokenRule | undefined {
  if (!data) {
    return notOnOrAfter === undefined
      ? broken('assertion_not_valid_now', 'neither conditions nor confirmation say until when the assertion is valid')
      : undefined
  }
  if (data.recipient === undefined || !recipients.includes(data.recipient)) {
    return broken('assertion_for_others', 'the confirmation has another recipient than this token endpoint, or none')
  }
  if (data.notOnOrAfter === undefined) {
    return broken('assertion_not_valid_now', 'the confirmation does not say until when it is valid')
  }
  if (now - skewMs >= data.notOnOrAfter) {
    return broken('assertion_not_valid_now', 'the confirmation has expired')
  }
  if (data.notBefore !== undefined && now + skewMs < data.notBefore) {
    return broken('assertion_not_valid_now', 'the confirmation is not yet valid')
  }
  return undefined
}

/** The user that an assertion names: its name here, not yet judged. */
export function userOf({ nameId, attributes }: SamlAssertion, signer: AssertionSigner): string | BrokenRule {
  const { userIdAttribute, userIdPrefix, userIdSuffix } = signer
  if (userIdAttribute !== '') {
    const [value, ...others] = attributes.get(userIdAttribute) ?? []
    if (value === undefined || others.length > 0) {
      return broken('assertion_user', 'the attribute that holds the user name does not have exactly one value')
    }
    return `${userIdPrefix}${value}${userIdSuffix}`
  }
  if (!nameId) return broken('assertion_user', 'the subject has no name identifier')
  if (nameId.format !== undefined && !nameIdFormats.includes(nameId.format)) {
    return broken('assertion_user', 'the name identifier has a format that does not name a user for good')
  }
  return `${userIdPrefix}${nameId.value}${userIdSuffix}`
}
