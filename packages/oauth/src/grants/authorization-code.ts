import { authorizationCodeSeconds } from '../clients/lifetime.ts'
import type { Parameters } from '../endpoints/parameters.ts'
import { OAuthError } from '../errors.ts'
import type { Client, Digests, StoredAuthorization } from '../ports.ts'
import { binaryOf, encodeBase64Url } from '../text/encoding.ts'
import { satisfies } from '../tokens/token-binding.ts'
import { endedByReuse, type Grant } from './grant.ts'

/** RFC 7636 §4.1. */
const verifierPattern = /^[A-Za-z0-9._~-]{43,128}$/

/**
 * RFC 6749 §4.1.3 with PKCE (RFC 7636): a code is good for one request of the client it was issued to. When it comes a second
 * time, somebody else has it too: everything that came of it ends (RFC 6749 §4.1.2).
 */
export const authorizationCode: Grant = {
  type: 'authorization_code',
  aliases: ['code'],
  allowedFor: ['authorization_code'],
  tokenFormats: ['opaque'],
  parameters: ['code', 'redirect_uri', 'code_verifier'],
  async authorize(client, parameters, { authorizations, digests, clock, audit }, confirmation) {
    const code = parameters.get('code')
    if (code === undefined) throw new OAuthError('missing_code', 'code is missing', { clientId: client.id })
    const refuse = (reason: string) => new OAuthError('invalid_code', reason, { clientId: client.id })
    const found = await authorizations.findByCode(digests.sha256(code))
    if (!found) throw refuse('the code is unknown')
    if (found.clientId !== client.id) throw refuse(`the code was issued to client ${found.clientId}`)
    const end = async () => {
      if (await authorizations.end(found.id)) audit.record(endedByReuse(found))
    }
    if (found.isRedeemed) {
      await end()
      throw refuse('the code was redeemed before; all tokens that came of it have ended')
    }
    const seconds = Math.min(client.tokenLifetimeSeconds, authorizationCodeSeconds)
    if (clock.now() >= found.issuedAt + seconds * 1000) throw refuse('the code has expired')
    const problem =
      redirectProblem(client, found, parameters) ??
      verifierProblem(found, parameters, digests) ??
      (satisfies(confirmation, found.confirmation) ? undefined : 'the code is bound to another DPoP key')
    if (problem !== undefined) throw refuse(problem)
    const { id, user, scopes } = found
    return {
      user,
      scopes,
      family: {
        id,
        presented: { object: 'authorization-code', text: code },
        async store(tokens) {
          if (await authorizations.redeem(id, tokens)) return
          await end()
          throw refuse(
            'the code was redeemed by another request at the same time, or its authorization has ended meanwhile',
          )
        },
      },
    }
  },
}

/** RFC 6749 §4.1.3: the same address as in the authorization request, where that had one. */
function redirectProblem(client: Client, { redirectUri }: StoredAuthorization, parameters: Parameters) {
  const given = parameters.get('redirect_uri')
  if (given === redirectUri) return undefined
  if (redirectUri === undefined && given === client.redirectUri) return undefined
  return 'redirect_uri is not that of the authorization request'
}

/** RFC 7636 §4.6; a verifier without a challenge hints at a request that was tampered with (RFC 9700 §2.1.1). */
function verifierProblem({ codeChallenge }: StoredAuthorization, parameters: Parameters, digests: Digests) {
  const verifier = parameters.get('code_verifier')
  if (codeChallenge === undefined) {
    return verifier === undefined
      ? undefined
      : 'code_verifier was sent, but the authorization request had no code_challenge'
  }
  if (verifier === undefined || !verifierPattern.test(verifier)) return 'code_verifier is missing or malformed'
  const bytes = (text: string) => digests.sha256(text)
  const expected = encodeBase64Url(binaryOf(bytes(verifier)))
  return digests.equal(bytes(expected), bytes(codeChallenge)) ? undefined : 'code_verifier does not fit code_challenge'
}
