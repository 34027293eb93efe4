import type { Client } from '../api/oauth.ts'
import { bindingOf } from './client-proofs.ts'

export interface CurlTarget {
  readonly tokenUrl: string
  readonly client: Pick<
    Client,
    'id' | 'tokenEndpointAuthMethod' | 'dpopBoundAccessTokens' | 'tlsClientCertificateBoundAccessTokens'
  >
  /** Undefined where it is no longer known. */
  readonly secret: string | undefined
  readonly call: { readonly method: 'GET' | 'POST'; readonly url: string }
}

/**
 * Lines for a POSIX shell: to get a token, and to get one and call with it. What they cannot know or make stands in angle
 * brackets.
 */
export function curlLines({ tokenUrl, client, secret, call }: CurlTarget): { token: string; call: string } {
  const isDpop = bindingOf(client) === 'dpop'
  const proof = isDpop ? ` -H 'DPoP: <proof>'` : ''
  const certificate = needsCertificate(client) ? ` --cert '<certificate file>' --key '<key file>'` : ''
  const shown = credentials(client, secret)
  const token = `curl -s -X POST${certificate}${proof}${shown} ${quoted(`${tokenUrl}?grant_type=client_credentials`)}`
  const scheme = isDpop ? 'DPoP' : 'Bearer'
  const body = call.method === 'POST' ? ` -H 'Content-Type: application/json' -d '{}'` : ''
  const bound = bindingOf(client) === 'certificate' ? certificate : ''
  return {
    token,
    call: [
      `TOKEN=$(${token} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
      `curl -i -X ${call.method}${bound} -H "Authorization: ${scheme} $TOKEN"${proof}${body} ${quoted(call.url)}`,
    ].join('\n'),
  }
}

/** Whether the client shows a TLS certificate when it fetches a token. */
export function needsCertificate(client: CurlTarget['client']): boolean {
  return /tls_client_auth$/.test(client.tokenEndpointAuthMethod) || bindingOf(client) === 'certificate'
}

function credentials({ id, tokenEndpointAuthMethod }: CurlTarget['client'], secret = '<secret>'): string {
  if (tokenEndpointAuthMethod === 'client_secret_basic') return ` -u ${quoted(`${id}:${secret}`)}`
  if (tokenEndpointAuthMethod !== 'private_key_jwt') return ` -d client_id=${id}`
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  return ` -d client_assertion_type=${type} -d 'client_assertion=<assertion>'`
}

/** One word for the shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
