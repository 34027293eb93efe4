import { oauthPaths } from '../endpoints/metadata.ts'
import { OAuthError } from '../errors.ts'
import type { Client } from '../ports.ts'
import { type BrokenRule, signerOf, userOf, validityOf } from '../saml/assertion-rules.ts'
import { localProviderOf } from '../saml/local-provider.ts'
import { userNameProblem } from '../saml/user-name.ts'
import { decodeBase64, decodeUtf8 } from '../text/encoding.ts'
import type { Grant } from './grant.ts'
import { grantScopes } from './scopes.ts'

/** Characters of an assertion before encoding; the original takes 25 kB. */
const assertionLengthMax = 32_768

/**
 * RFC 7522 §2.1: a SAML 2.0 assertion about a user, made by a trusted identity provider, for an access token of that user. The
 * client authenticates as always and must have a secret. There is no refresh token: the client asks for another assertion.
 */
export const saml2Bearer: Grant = {
  type: 'urn:ietf:params:oauth:grant-type:saml2-bearer',
  // The original registers clients for one of the other two.
  allowedFor: ['authorization_code', 'client_credentials'],
  tokenFormats: ['opaque', 'jwtrfc', 'jwt'],
  parameters: ['assertion', 'saml2idp'],
  async authorize(client, parameters, { assertions, settings, clock, scopes }) {
    const refuse = ({ code, reason }: BrokenRule) => new OAuthError(code, reason, { clientId: client.id })
    refuseOtherClients(client)
    const xml = decode(parameters.get('assertion'))
    if (typeof xml !== 'string') throw refuse(xml)
    const verified = await assertions.verify(xml)
    if (typeof verified === 'string') throw refuse({ code: 'invalid_assertion', reason: verified })
    const signer = signerOf(verified, client.id, parameters.get('saml2idp'))
    if ('code' in signer) throw refuse(signer)
    const { assertion } = verified
    const { name, tokenEndpoint } = localProviderOf(settings)
    const expiresAt = validityOf(assertion, {
      audiences: [name, tokenEndpoint],
      recipients: [tokenEndpoint, `${settings.issuer}${oauthPaths.cloudFoundryToken}`],
      now: clock.now(),
    })
    if (typeof expiresAt !== 'number') throw refuse(expiresAt)
    const user = userOf(assertion, signer)
    if (typeof user !== 'string') throw refuse(user)
    const problem = userNameProblem(user)
    if (problem !== undefined) throw refuse({ code: 'assertion_user', reason: problem })
    const declared = await scopes.ofApplication(client.subscription)
    const ids = declared.map(({ id }) => id)
    const granted = grantScopes(ids, parameters.get('scope'), client.id) ?? []
    const outcome = await assertions.redeem({ assertion, signer, user, expiresAt })
    if (typeof outcome === 'string') throw refuse(refusals[outcome])
    return {
      ...{ user: outcome.user, scopes: granted, word: outcome.word },
      async confirm() {
        if (!(await assertions.counts(outcome.user, outcome.word))) throw refuse(refusals['not-trusted'])
      },
    }
  },
}

const refusals: Readonly<Record<'used' | 'local-user' | 'not-trusted', BrokenRule>> = {
  used: { code: 'assertion_used', reason: 'the assertion was used before' },
  'local-user': { code: 'assertion_user', reason: 'the user name is that of a local user' },
  'not-trusted': {
    code: 'invalid_assertion',
    reason: 'the identity provider was disabled, deleted or changed meanwhile',
  },
}

function refuseOtherClients({ id, kind, confidential }: Client): void {
  if (kind === 'application' && confidential) return
  const reason = kind === 'platform' ? 'platform clients have no users' : 'the client is public'
  throw new OAuthError('confidential_client_needed', reason, { clientId: id })
}

/** RFC 7522 §2.1: base64url without padding; clients in the field also send base64, with line breaks. */
function decode(encoded: string | undefined): string | BrokenRule {
  if (encoded === undefined) return { code: 'missing_assertion', reason: 'assertion is missing' }
  const binary = decodeBase64(encoded.replaceAll('-', '+').replaceAll('_', '/'))
  const xml = binary === undefined ? undefined : decodeUtf8(binary)
  if (xml === undefined) return { code: 'invalid_assertion', reason: 'the assertion is not UTF-8 in base64url' }
  if (xml.length <= assertionLengthMax) return xml
  return { code: 'invalid_assertion', reason: `the assertion has more than ${assertionLengthMax} characters` }
}
