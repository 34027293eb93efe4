/** How somebody who presents an assertion shows to be allowed to (SAML 2.0 core §2.4.1.1). Times in milliseconds since 1970. */
export interface SubjectConfirmation {
  /** A URI. */
  readonly method: string
  /** Of `SubjectConfirmationData`; undefined where there is none. */
  readonly data:
    | {
        readonly recipient: string | undefined
        readonly notBefore: number | undefined
        readonly notOnOrAfter: number | undefined
      }
    | undefined
}

/** What a SAML 2.0 assertion says, as far as it was signed. Times in milliseconds since 1970. */
export interface SamlAssertion {
  readonly id: string
  readonly issuer: string
  readonly nameId: { readonly value: string; readonly format: string | undefined } | undefined
  readonly confirmations: readonly SubjectConfirmation[]
  readonly notBefore: number | undefined
  readonly notOnOrAfter: number | undefined
  /** Of each `AudienceRestriction`; all of them must name this server. */
  readonly audiences: readonly (readonly string[])[]
  /** Values by name. */
  readonly attributes: ReadonlyMap<string, readonly string[]>
}

/** An identity provider whose signature this server trusts. */
export interface AssertionSigner {
  readonly name: string
  /** Its entity ID. */
  readonly issuer: string
  /** The attribute that holds the user's name; empty for the name identifier of the subject. */
  readonly userIdAttribute: string
  readonly userIdPrefix: string
  readonly userIdSuffix: string
}

/** An assertion whose signature one of the trusted identity providers made. */
export interface VerifiedAssertion {
  readonly assertion: SamlAssertion
  /** Those whose key it fits: more than one where they share a certificate. */
  readonly signers: readonly AssertionSigner[]
}

/** An assertion that is exchanged for a token. */
export interface RedeemedAssertion {
  readonly assertion: SamlAssertion
  readonly signer: AssertionSigner
  readonly user: string
  /** From when on nobody could use it anyway, in milliseconds since 1970. */
  readonly expiresAt: number
}

/** A provider's word for a user, as this server took it. */
export interface ProviderWord {
  readonly provider: string
  /** From when on the provider is trusted as it was then; another one after each time that all it had said ended. */
  readonly trustedSince: number
}

/** Trusted identity providers, and which of their assertions were used. */
export interface Assertions {
  /** Checks the signature of an assertion, with keys of enabled providers only. Resolves with the reason when it is none. */
  verify(xml: string): Promise<VerifiedAssertion | string>
  /**
   * Uses an assertion up, and puts its user in the groups that the provider maps it to; resolves with the name of the user as it
   * was spelled first, and with what `counts` is asked. Durable when it resolves. `used`: it was before; `local-user`: the name belongs to a local user;
   * `not-trusted`: the provider is gone, disabled or changed meanwhile.
   */
  redeem(
    assertion: RedeemedAssertion,
  ): Promise<{ readonly user: string; readonly word: ProviderWord } | 'used' | 'local-user' | 'not-trusted'>
  /** Whether a provider's word for a user counts: it does not once the provider was disabled, deleted or renamed its users. */
  counts(user: string, word: ProviderWord): Promise<boolean>
}
