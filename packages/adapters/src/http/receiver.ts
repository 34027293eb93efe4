import type { AdapterContext, HttpAnswer, Receiver } from '@sluice/iflow'
import { authorized } from './authorization.ts'
import { compileRequest, type RequestProps } from './request.ts'
import { isFailure, refusal, type TakeOverOptions, takeOver, tellStatus } from './response.ts'
import { readStatusCodes, retrying } from './retry.ts'

/** The values of a channel's properties. */
export interface ReceiverProps extends RequestProps {
  readonly proxyType: string
  readonly authenticationMethod: 'None' | 'Basic' | 'OAuth2 Client Credentials'
  readonly credentialName: string
  readonly allowedResponseHeaders: string
  readonly throwExceptionOnFailure: boolean
  readonly retryOnConnectionFailure: boolean
  readonly httpErrorResponseCodes: string
  readonly retryInterval: number
  readonly retryIteration: number
}

/** Compiles a channel to one request for each message. */
export async function compileReceiver(props: ReceiverProps, context: AdapterContext): Promise<Receiver | undefined> {
  warn(props, context)
  const requestOf = await compileRequest(props, context)
  const credentialNameOf = await context.value('simple', props.credentialName.trim())
  const responseHeadersOf = await context.value('simple', props.allowedResponseHeaders)
  const statusCodes = readStatusCodes(props.httpErrorResponseCodes, context.report)
  if (!requestOf || !credentialNameOf || !responseHeadersOf || !statusCodes) return undefined
  const { authenticationMethod: method, throwExceptionOnFailure: throws } = props
  const policy = {
    iterations: props.retryOnConnectionFailure ? props.retryIteration : 0,
    intervalMs: props.retryInterval * 1000,
    statusCodes: throws ? statusCodes : new Set<number>(),
  }
  return async (exchange, scope) => {
    const { ports } = scope
    const request = requestOf(exchange, scope)
    const credentialName = method === 'None' ? '' : String(credentialNameOf(exchange, scope) ?? '').trim()
    const send = (): Promise<HttpAnswer> => authorized(request, { method, credentialName }, ports)
    const answer = await retrying(send, policy, ports.clock)
    tellStatus(answer, exchange)
    if (throws && isFailure(answer)) throw refusal(answer, request.url)
    const options: TakeOverOptions = { allowedHeaders: String(responseHeadersOf(exchange, scope) ?? '') }
    takeOver(answer, exchange, options)
  }
}

/** What an author should look at although the flow can be deployed: values are often only known on the target system. */
function warn({ httpAddressWithoutQuery, proxyType, ...auth }: ReceiverProps, { report }: AdapterContext): void {
  const address = httpAddressWithoutQuery.trim()
  if (!address.includes('${') && !/^https?:\/\/[^\s/]/i.test(address)) {
    const message = `Expected an address that begins with http:// or https://, found "${address}": only header CamelHttpUri can replace it.`
    report('incomplete-address', message, 'warning', 'httpAddressWithoutQuery')
  }
  if (auth.authenticationMethod !== 'None' && auth.credentialName.trim() === '') {
    const message = `Expected property "credentialName" for ${auth.authenticationMethod} authentication, found nothing: requests will fail.`
    report('missing-credential', message, 'warning')
  }
  if (proxyType === 'sapcc') {
    const message = 'Expected a system that is reached directly, found one behind a Cloud Connector: check the address.'
    report('no-cloud-connector', message, 'warning')
  }
}
