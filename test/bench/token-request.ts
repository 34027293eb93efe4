import type { LoadRequest } from './load.ts'

/** A client credentials request as RFC 6749 section 4.4.2 has it: Basic, grant type in the form body. */
export function tokenRequest(url: string, clientId: string, clientSecret: string): Omit<LoadRequest, 'check'> {
  return {
    url,
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  }
}

/** Tells an opaque token from an ES256-signed JWT, so that no target is measured at something cheaper than its row says. */
export function checkToken(format: 'opaque' | 'jwt'): (body: string) => void {
  return body => {
    const token = String((JSON.parse(body) as { access_token?: unknown }).access_token)
    const [head = '', ...rest] = token.split('.')
    const found = rest.length === 2 ? 'jwt' : 'opaque'
    const alg = found === 'jwt' ? Buffer.from(head, 'base64url').toString() : ''
    if (found === format && (found === 'opaque' || alg.includes('"ES256"'))) return
    throw new Error(`Expected ${format === 'jwt' ? 'a JWT signed with ES256' : 'an opaque token'}, found ${token}`)
  }
}
