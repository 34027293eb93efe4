import { asText, Failure, type HttpResponse, type RunResult } from '@sluice/iflow'
import { headerLines } from '../header-lines.ts'

type Headers = (readonly [name: string, value: string])[]

/**
 * Headers that belong to one connection or are made by the server itself (as Camel's HTTP header filter has them), and
 * credentials that the sender sent.
 */
const notSent = new Set([
  'authorization',
  'cache-control',
  'connection',
  'content-length',
  'cookie',
  'date',
  'expect',
  'host',
  'keep-alive',
  'pragma',
  'proxy-authenticate',
  'proxy-authorization',
  'sap_messageprocessinglogid',
  'sap_mplcorrelationid',
  'sapauthenticatedusername',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'warning',
])

/**
 * The answer to the sender. A completed message answers with its body and headers; a failed one with status 500 and
 * the id of its log, or the failure's text when the flow says `returnExceptionToSender`. An escalated one fails towards
 * a sender that waits, as the original does ("in case of a synchronous exchange pattern, the process raises an exception").
 */
export function reply(result: RunResult): HttpResponse {
  const { log, exchange, failure } = result
  const headers: Headers = [
    ['SAP_MessageProcessingLogID', log.messageGuid],
    ['SAP_MplCorrelationId', log.correlationId],
  ]
  if (failure !== undefined) {
    headers.push(['Content-Type', 'text/plain; charset=utf-8'])
    const hidden = `The message could not be processed. Its message processing log has the details: ${log.messageGuid}`
    return { status: 500, headers, body: result.exposeFailure ? failure.message : hidden }
  }
  for (const [name, value] of exchange.headers) addHeader(headers, name, value)
  const { body } = exchange
  const status = statusOf(exchange.headers.get('CamelHttpResponseCode')) ?? (body.isEmpty ? 204 : 200)
  return { status, headers, body: bodyOf(result) }
}

/** Text in the exchange's charset. The sender may have named one that cannot be written: then it is UTF-8. */
function bodyOf({ exchange: { body, charset } }: RunResult): HttpResponse['body'] {
  const content = body.content
  if (typeof content !== 'string' || charset.toUpperCase() === 'UTF-8') return content ?? ''
  try {
    return body.bytes(charset)
  } catch (error) {
    if (error instanceof Failure) return content
    throw error
  }
}

function addHeader(headers: Headers, name: string, value: unknown): void {
  const lower = name.toLowerCase()
  if (notSent.has(lower) || lower.startsWith('camel') || lower.startsWith('ssl_client_')) return
  headers.push(...headerLines(name, value))
}

/** Undefined when the flow asks for something that is not a final status code. */
function statusOf(value: unknown): number | undefined {
  const status = Number(asText(value).trim())
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined
}
