/** Why nobody was signed in. */
export type SignInProblem =
  /** No such OpenID provider is trusted, or it is disabled. */
  | 'unknown-provider'
  /** It does not answer, or not as an OpenID provider does. */
  | 'provider-away'
  /** The answer belongs to no sign-in that this browser has begun lately. */
  | 'sign-in-lost'
  /** The provider says that the user may not, or does not want to. */
  | 'provider-refused'
  /** What it says of the user does not hold. */
  | 'untrusted-answer'
  /** It tells no name that a user can have here. */
  | 'no-user-name'
  /** The name is that of a local user. */
  | 'taken-name'
  /** Another account of a provider came with the name before. */
  | 'other-account'

/** Ends a sign-in. The message is for the access log, and says nothing secret. */
export class SignInRefusal extends Error {
  readonly problem: SignInProblem

  constructor(problem: SignInProblem, reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'SignInRefusal'
    this.problem = problem
  }
}
