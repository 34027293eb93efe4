import { Body, type Exchange, Failure, type HttpAnswer, type LogAttachment } from '@sluice/iflow'
import { isReceived } from './header-list.ts'

/** What a message takes over from an answer. */
export interface TakeOverOptions {
  readonly allowedHeaders: string
}

/** Camel's rule: only 2xx is no failure, and redirects are not followed. */
export function isFailure({ status }: HttpAnswer): boolean {
  return status < 200 || status >= 300
}

/** Sets the headers that tell how the receiver answered, also for whoever handles the failure. */
export function tellStatus({ status, statusText }: HttpAnswer, { headers }: Exchange): void {
  headers.set('CamelHttpResponseCode', status)
  headers.set('CamelHttpResponseText', statusText)
}

/** The answer becomes the message: body and allowed headers; other headers and the properties stay. */
export function takeOver(answer: HttpAnswer, exchange: Exchange, { allowedHeaders }: TakeOverOptions): void {
  for (const [name, value] of headersOf(answer)) {
    if (isReceived(allowedHeaders, name)) exchange.headers.set(name, value)
  }
  const charset = charsetOf(answer)
  if (charset !== undefined) exchange.properties.set('CamelCharsetName', charset)
  exchange.body = Body.of(answer.body)
}

/**
 * The failure of a step whose receiver refused. Class, properties and wording are those of the exception that the
 * original throws, because scripts read them. The query stays out: it may hold secrets.
 */
export function refusal(answer: HttpAnswer, url: string): Failure {
  const { status, statusText } = answer
  const target = url.replace(/[?#].*$/s, '')
  return new Failure(`HTTP operation failed invoking ${target} with statusCode: ${status}`, {
    code: 'receiver-status',
    retry: status === 408 || status === 429 || status >= 500 ? 'later' : 'never',
    exception: {
      className: 'org.apache.camel.component.ahc.AhcOperationFailedException',
      properties: {
        statusCode: status,
        statusText,
        responseBody: textOf(answer),
        responseHeaders: headersOf(answer),
      },
    },
  })
}

/** What the receiver said when it refused, for people who read the message processing log. */
export function refusedAnswer(answer: HttpAnswer): LogAttachment {
  const [, contentType = 'text/plain'] = answer.headers.find(([name]) => name.toLowerCase() === 'content-type') ?? []
  return { name: 'HTTP_Receiver_Adapter_Response_Body', contentType, body: Body.of(answer.body) }
}

/** By name; several values of one name are a list, and those of `set-cookie` always are. */
function headersOf({ headers }: HttpAnswer): Map<string, string | readonly string[]> {
  const found = new Map<string, { readonly name: string; readonly values: string[] }>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const entry = found.get(key)
    if (entry) entry.values.push(value)
    else found.set(key, { name, values: [value] })
  }
  return new Map(
    Array.from(found, ([key, { name, values }]) => {
      const [only = ''] = values
      return [name, values.length === 1 && key !== 'set-cookie' ? only : values]
    }),
  )
}

function charsetOf({ headers }: HttpAnswer): string | undefined {
  const [, contentType = ''] = headers.find(([name]) => name.toLowerCase() === 'content-type') ?? []
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1]
}

/** A charset that nobody knows must not hide what the receiver says is wrong. */
function textOf(answer: HttpAnswer): string {
  const body = Body.of(answer.body)
  try {
    return body.text(charsetOf(answer))
  } catch (error) {
    if (error instanceof Failure) return body.text()
    throw error
  }
}
