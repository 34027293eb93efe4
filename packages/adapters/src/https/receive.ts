import { Exchange, type HeaderMap, type HttpRequest } from '@sluice/iflow'

/** What receiving a request depends on besides the request. */
export interface ReceiveOptions {
  /** The address of the channel, without `/*`. */
  readonly address: string
  readonly allowsHeader: (name: string) => boolean
}

/**
 * Builds the message of a request. Headers and query parameters get in through the flow's allowed headers; the content
 * type always does, because every conversion of the body depends on it. What the engine or a proxy in front of it vouches
 * for (`Camel…`, `SSL_CLIENT_…`, `Sap…` names of this function) a sender cannot set, whatever is allowed.
 */
export function receive(request: HttpRequest, { address, allowsHeader }: ReceiveOptions): Exchange {
  const exchange = new Exchange({ body: request.body })
  const { headers } = exchange
  for (const name in request.headers) {
    const value = request.headers[name]
    if (value === undefined || !(name === 'content-type' || allowsHeader(name)) || isReserved(name)) continue
    headers.set(name === 'content-type' ? 'Content-Type' : name, typeof value === 'string' ? value : value.join(', '))
  }
  if (request.query !== '') addParameters(headers, request.query, allowsHeader)
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(String(request.headers['content-type'] ?? ''))?.[1]
  if (charset !== undefined) exchange.properties.set('CamelCharsetName', charset)
  headers.set('CamelHttpMethod', request.method)
  headers.set('CamelHttpUrl', request.url)
  if (request.query !== '') headers.set('CamelHttpQuery', request.query)
  headers.set('CamelServletContextPath', address)
  headers.set('CamelHttpPath', request.path.slice(address.length).replace(/^\/+/, ''))
  headers.set('SapAuthenticatedUserName', request.user)
  return exchange
}

/** Names that only the engine, or a proxy that ends TLS for it, may set. */
function isReserved(name: string): boolean {
  return /^(?:camel|ssl_client_|sapauthenticatedusername$)/i.test(name)
}

/** "If you send a query and a header with same name, the adapter appends the query to the header": a list of values. */
function addParameters(headers: HeaderMap, query: string, allowsHeader: (name: string) => boolean): void {
  for (const pair of query.split('&')) {
    const separator = pair.indexOf('=')
    const name = decode(separator < 0 ? pair : pair.slice(0, separator))
    if (name === '' || !allowsHeader(name) || isReserved(name)) continue
    const value = separator < 0 ? '' : decode(pair.slice(separator + 1))
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value])
  }
}

/** `application/x-www-form-urlencoded` text; a broken escape stands for itself. */
function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}
