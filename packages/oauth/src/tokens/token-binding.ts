import type { OAuthContext } from '../context.ts'
import { OAuthError } from '../errors.ts'
import type { OAuthRequest } from '../message.ts'
import type { Client, Confirmation } from '../ports.ts'
import { type DpopProof, verifyDpopProof } from './dpop-proof.ts'

/** What a token request binds its tokens to. */
export interface RequestBinding {
  readonly confirmation: Confirmation
  /** To be called before tokens are issued. Throws `OAuthError` when the proof was used before. */
  spend(): Promise<void>
}

/**
 * What the tokens of a request are bound to: the key of its DPoP proof (RFC 9449 §5), where the client is registered so its
 * certificate (RFC 8705 §3), or both. Undefined for all others. Throws `OAuthError` when what the client was registered to
 * bind them to is missing.
 */
export function bindingOf(request: OAuthRequest, client: Client, context: OAuthContext): RequestBinding | undefined {
  if (request.dpop === undefined && client.tokenBinding === undefined) return undefined
  const proof = context.settings.extensions ? readProof(request, client, context) : undefined
  if (client.tokenBinding === 'dpop' && !proof) {
    throw new OAuthError('invalid_dpop_proof', 'the client sent no DPoP proof', { clientId: client.id })
  }
  const thumbprint = client.tokenBinding === 'certificate' ? certificateOf(request, client, context) : undefined
  if (!proof && thumbprint === undefined) return undefined
  return {
    confirmation: { ...(proof && { jkt: proof.jkt }), ...(thumbprint && { 'x5t#S256': thumbprint }) },
    async spend() {
      if (proof && !(await context.usedProofs.use(proof.usedAs, proof.expiresAt))) {
        throw new OAuthError('invalid_dpop_proof', 'the DPoP proof was used before', { clientId: client.id })
      }
    },
  }
}

/** The DPoP proof of a request to an endpoint of this server; undefined without one. Throws `OAuthError`. */
export function readProof(request: OAuthRequest, client: Client, context: OAuthContext): DpopProof | undefined {
  if (request.dpop === undefined) return undefined
  const url = `${context.settings.issuer}${request.path ?? ''}`
  const proof = verifyDpopProof(request.dpop, { method: request.method, url }, context)
  if (typeof proof !== 'string') return proof
  throw new OAuthError('invalid_dpop_proof', proof, { clientId: client.id })
}

function certificateOf(request: OAuthRequest, client: Client, { settings }: OAuthContext): string {
  const certificate = settings.extensions ? request.certificate?.() : undefined
  if (certificate) return certificate.thumbprint
  throw new OAuthError('missing_client_certificate', 'no client certificate came with the connection', {
    clientId: client.id,
  })
}

/** Whether somebody who has `presented` may use what is bound to `needed`. */
export function satisfies(presented: Confirmation | undefined, needed: Confirmation | undefined): boolean {
  if (needed === undefined) return true
  const { jkt, 'x5t#S256': thumbprint } = needed
  return (
    (jkt === undefined || jkt === presented?.jkt) &&
    (thumbprint === undefined || thumbprint === presented?.['x5t#S256'])
  )
}
