import { type AdapterContext, asText, type HttpAnswer, type Receiver } from '@sluice/iflow'
import { type Authorization, authorized } from './authorization.ts'
import { compileRequest, type RequestProps } from './request.ts'
import { isFailure, refusal, refusedAnswer, type TakeOverOptions, takeOver, tellStatus } from './response.ts'
import { readStatusCodes, retrying } from './retry.ts'
import { withSession } from './session.ts'

/** The values of a channel's properties. */
export interface ReceiverProps extends RequestProps {
  readonly proxyType: string
  readonly authenticationMethod: Authorization['method']
  readonly credentialName: string
  readonly privateKeyAlias: string
  readonly allowedResponseHeaders: string
  readonly throwExceptionOnFailure: boolean
  readonly enableMPLAttachments: boolean
  readonly retryOnConnectionFailure: boolean
  readonly httpErrorResponseCodes: string
  readonly retryInterval: number
  readonly retryIteration: number
}

/** Compiles a channel to one request for each message. */
export async function compileReceiver(props: ReceiverProps, context: AdapterContext): Promise<Receiver | undefined> {
  warn(props, context)
  const requestOf = await compileRequest(props, context)
  const { authenticationMethod: method, throwExceptionOnFailure: throws } = props
  const name = method === 'Client Certificate' ? props.privateKeyAlias : props.credentialName
  const nameOf = await context.value('simple', method === 'None' ? '' : name.trim())
  const responseHeadersOf = await context.value('simple', props.allowedResponseHeaders)
  const statusCodes = readStatusCodes(props.httpErrorResponseCodes, context.report)
  if (!requestOf || !nameOf || !responseHeadersOf || !statusCodes) return undefined
  const policy = {
    iterations: props.retryOnConnectionFailure ? props.retryIteration : 0,
    intervalMs: props.retryInterval * 1000,
    statusCodes: throws ? statusCodes : new Set<number>(),
  }
  return async (exchange, scope) => {
    const ports = withSession(scope, context.settings)
    const request = requestOf(exchange, scope)
    const authorization = { method, name: asText(nameOf(exchange, scope)).trim() }
    const send = (): Promise<HttpAnswer> => authorized(request, authorization, ports)
    const answer = await retrying(send, policy, ports.clock)
    tellStatus(answer, exchange)
    if (isFailure(answer) && props.enableMPLAttachments) scope.log.attach(refusedAnswer(answer))
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
  const isNamed = auth.authenticationMethod !== 'None' && auth.authenticationMethod !== 'Client Certificate'
  if (isNamed && auth.credentialName.trim() === '') {
    const message = `Expected property "credentialName" for ${auth.authenticationMethod} authentication, found nothing: requests will fail.`
    report('missing-credential', message, 'warning')
  }
  if (proxyType === 'sapcc') {
    const message = 'Expected a system that is reached directly, found one behind a Cloud Connector: check the address.'
    report('no-cloud-connector', message, 'warning')
  }
}
