import { type AdapterContext, asText, type Exchange, Failure, type HttpCall, type RunScope } from '@sluice/iflow'
import { headerLines } from '../header-lines.ts'
import { isSent } from './header-list.ts'

/** What a request depends on besides the message. */
export interface RequestProps {
  readonly httpAddressWithoutQuery: string
  readonly httpAddressQuery: string
  readonly httpMethod: string
  readonly methodSourceExpression: string
  readonly httpShouldSendBody: boolean
  readonly httpRequestTimeout: number
  readonly allowedRequestHeaders: string
}

/** Makes the request of a message, without authentication. */
export type RequestOf = (exchange: Exchange, scope: RunScope) => HttpCall

const withoutBody = new Set(['GET', 'DELETE', 'HEAD'])
const methods = new Set([...withoutBody, 'POST', 'PUT', 'PATCH', 'OPTIONS', 'TRACE'])

/** Compiles the expressions of a channel; undefined when something was reported. */
export async function compileRequest(props: RequestProps, context: AdapterContext): Promise<RequestOf | undefined> {
  const value = (source: string) => context.value('simple', source.trim())
  const addressOf = await value(props.httpAddressWithoutQuery)
  const queryOf = await value(props.httpAddressQuery)
  const methodOf = await value(props.httpMethod === 'DYNAMIC' ? props.methodSourceExpression : props.httpMethod)
  const allowedOf = await value(props.allowedRequestHeaders)
  if (!addressOf || !queryOf || !methodOf || !allowedOf) return undefined
  return (exchange, scope) => {
    const method = methodNamed(asText(methodOf(exchange, scope)))
    const hasBody = method !== 'TRACE' && (props.httpShouldSendBody || !withoutBody.has(method))
    return {
      method,
      url: urlOf(asText(addressOf(exchange, scope)), asText(queryOf(exchange, scope)), exchange),
      headers: headersOf(exchange, asText(allowedOf(exchange, scope)), hasBody),
      body: hasBody ? exchange.body.bytes(exchange.charset) : undefined,
      timeoutMs: props.httpRequestTimeout,
    }
  }
}

/** "If the header or property doesn't exist or its value is empty, the POST method is used by default." */
function methodNamed(text: string): string {
  const method = text.trim().toUpperCase() || 'POST'
  if (methods.has(method)) return method
  throw new Failure(`Expected one of the methods ${[...methods].join(', ')}, found "${method.slice(0, 40)}".`, {
    code: 'receiver',
  })
}

/**
 * Address and query as Camel's HTTP components put them together: header `CamelHttpUri` stands for the address,
 * `CamelHttpPath` is appended to its path; the query is that of header `CamelHttpQuery`, else the channel's, else what
 * follows the `?` in the address.
 */
function urlOf(address: string, query: string, { headers }: Exchange): string {
  const header = (name: string) => asText(headers.get(name)).trim()
  const whole = header('CamelHttpUri') || address.trim()
  const mark = whole.indexOf('?')
  const base = mark < 0 ? whole : whole.slice(0, mark)
  const path = header('CamelHttpPath').replace(/^\/+/, '')
  const finalQuery = header('CamelHttpQuery') || query.trim() || (mark < 0 ? '' : whole.slice(mark + 1))
  const url = path === '' ? base : `${base.replace(/\/$/, '')}/${path}`
  return finalQuery === '' ? url : `${url}?${finalQuery.replace(/^\?/, '')}`
}

/** The content type describes the body, so it goes with it whatever is allowed. */
function headersOf({ headers }: Exchange, allowed: string, hasBody: boolean): HttpCall['headers'] {
  return [...headers].flatMap(([name, value]) => {
    const isContentType = name.toLowerCase() === 'content-type'
    return (isContentType && hasBody) || isSent(allowed, name) ? headerLines(name, value) : []
  })
}
