import { encodeBase64, Failure, type HttpAnswer, type HttpCall, type Ports } from '@sluice/iflow'

/** How a channel shows who it is. */
export interface Authorization {
  readonly method: 'None' | 'Basic' | 'OAuth2 Client Credentials' | 'Client Certificate'
  /** Of the credentials; for client certificates, the alias of the key pair. */
  readonly name: string
}

/**
 * Sends a request with the credentials of the channel. A bearer token that the receiver refuses with 401 may have been
 * revoked before its time: another one is tried, once.
 */
export async function authorized(
  request: HttpCall,
  { method, name }: Authorization,
  ports: Pick<Ports, 'http' | 'credentials'>,
): Promise<HttpAnswer> {
  if (method === 'None') return ports.http.send(request)
  if (method === 'Client Certificate') return ports.http.send({ ...request, privateKeyAlias: name })
  if (method === 'Basic') return ports.http.send(withAuthorization(request, await basic(name, ports)))
  const token = await ports.credentials.accessToken(name)
  const answer = await ports.http.send(withAuthorization(request, `Bearer ${token}`))
  if (answer.status !== 401) return answer
  const another = await ports.credentials.accessToken(name, token)
  return another === token ? answer : ports.http.send(withAuthorization(request, `Bearer ${another}`))
}

/** RFC 7617, in UTF-8. */
async function basic(name: string, { credentials }: Pick<Ports, 'credentials'>): Promise<string> {
  const found = await credentials.find(name)
  if (found?.kind === 'user')
    return `Basic ${encodeBase64(new TextEncoder().encode(`${found.user}:${found.password}`))}`
  const what = found === undefined ? 'none' : 'security material of another kind'
  throw new Failure(`Expected user credentials "${name}", found ${what}: deploy them under this name.`, {
    code: 'credential',
  })
}

/** The channel's credentials replace those that the message carries. */
function withAuthorization(request: HttpCall, value: string): HttpCall {
  const others = request.headers.filter(([name]) => name.toLowerCase() !== 'authorization')
  return { ...request, headers: [...others, ['Authorization', value]] }
}
