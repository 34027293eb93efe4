import type { OAuthContext } from '../context.ts'
import type { ClientCertificate } from '../ports.ts'
import { verifyDpopProof } from './dpop-proof.ts'
import type { AcceptedToken } from './token-validator.ts'

/** How an access token came to a resource. */
export interface TokenUse {
  /** Of the `Authorization` header. */
  readonly scheme: 'Bearer' | 'DPoP'
  readonly token: string
  readonly method: string
  /** The public URL of the resource, without a query. */
  readonly url: string
  /** The `DPoP` header. */
  readonly proof: string | undefined
  readonly certificate: () => ClientCertificate | undefined
}

/** Why a token may not be used like this: the error code of RFC 6750 §3.1 or RFC 9449 §7.1, and a sentence for the log. */
export interface PossessionProblem {
  readonly error: 'invalid_token' | 'invalid_dpop_proof'
  readonly reason: string
}

/**
 * Whether the caller has what the token is bound to: undefined when so. Needed for tokens with a `confirmation`, and for all
 * that come by the scheme `DPoP` (RFC 9449 §7, RFC 8705 §3). A proof is used up by it.
 */
export async function checkPossession(
  { confirmation }: AcceptedToken,
  use: TokenUse,
  context: OAuthContext,
): Promise<PossessionProblem | undefined> {
  const refuse = (error: PossessionProblem['error'], reason: string) => ({ error, reason })
  const { jkt, 'x5t#S256': thumbprint } = confirmation ?? {}
  if (thumbprint !== undefined && use.certificate()?.thumbprint !== thumbprint) {
    return refuse('invalid_token', 'the token is bound to another certificate')
  }
  if (jkt === undefined) {
    return use.scheme === 'Bearer' ? undefined : refuse('invalid_token', 'the token is bound to no DPoP key')
  }
  // RFC 9449 §7.2: otherwise a stolen token could be used as any other.
  if (use.scheme !== 'DPoP') return refuse('invalid_token', 'a token bound to a DPoP key was sent as Bearer')
  if (use.proof === undefined) return refuse('invalid_dpop_proof', 'there is no DPoP proof')
  const { method, url, token } = use
  const proof = verifyDpopProof(use.proof, { method, url, accessToken: token }, context)
  if (typeof proof === 'string') return refuse('invalid_dpop_proof', proof)
  if (proof.jkt !== jkt) return refuse('invalid_token', 'the token is bound to another DPoP key')
  if (await context.usedProofs.use(proof.usedAs, proof.expiresAt)) return undefined
  return refuse('invalid_dpop_proof', 'the DPoP proof was used before')
}
