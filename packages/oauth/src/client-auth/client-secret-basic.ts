import { isClientId } from '../clients/client-id.ts'
import { tokenRequestLimits } from '../endpoints/parameters.ts'
import { OAuthError } from '../errors.ts'
import { decodeBase64, decodeFormValue, decodeText } from '../text/encoding.ts'
import type { ClientAuthentication, ClientCredentials } from './client-authentication.ts'

const basicPattern = /^basic +(\S+) *$/i

/**
 * RFC 6749 §2.3.1 and RFC 7617. The RFC wants ID and secret form-encoded before base64, and real clients do not: both
 * readings are tried. The scheme is compared without regard to case.
 */
export const clientSecretBasic: ClientAuthentication = {
  name: 'client_secret_basic',
  acceptedUnder: ['basic', 'form', 'query'],
  read({ authorization }) {
    if (authorization === undefined) return undefined
    if (authorization.length > tokenRequestLimits.authorization) {
      throw new OAuthError('request_too_large', `Authorization header of ${authorization.length} characters`)
    }
    // Between fields of the same name there is a comma (RFC 9110 §5.3); no credentials of this scheme have one (§11.2).
    if (authorization.includes(',')) {
      throw new OAuthError('several_client_authentications', 'several Authorization headers, or one of another scheme')
    }
    const encoded = basicPattern.exec(authorization)?.[1]
    if (encoded === undefined) return undefined
    const credentials = split(decodeText(decodeBase64(encoded) ?? ''))
    if (!credentials) throw new OAuthError('invalid_client', 'the Basic credentials are not base64 of id:secret')
    return credentials
  },
}

function split(text: string): ClientCredentials | undefined {
  const colon = text.indexOf(':')
  if (colon < 0) return undefined
  const id = text.slice(0, colon)
  const secret = text.slice(colon + 1)
  const decodedId = decodeFormValue(id)
  const decodedSecret = decodeFormValue(secret)
  return {
    id: isClientId(id) ? id : (decodedId ?? id),
    secrets: decodedSecret === undefined || decodedSecret === secret ? [secret] : [secret, decodedSecret],
  }
}
