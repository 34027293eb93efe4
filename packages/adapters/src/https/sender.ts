import type { AdapterContext, HttpEntryPoint } from '@sluice/iflow'
import { addressProblem } from './address.ts'
import { receive } from './receive.ts'
import { reply } from './reply.ts'

/** Bytes in the megabyte of `maximumBodySize`. */
const megabyte = 1024 * 1024

interface SenderProps {
  readonly urlPath: string
  readonly userRole: string
  readonly xsrfProtection: boolean
  readonly maximumBodySize: number
}

/** The route that the flow asks the host for. */
export function compileSender(props: SenderProps, context: AdapterContext): HttpEntryPoint | undefined {
  const urlPath = props.urlPath.trim()
  const problem = addressProblem(urlPath)
  if (problem !== undefined) {
    context.report('invalid-address', `Expected ${problem}.`, 'error', 'urlPath')
    return undefined
  }
  const prefix = urlPath.endsWith('/*')
  const address = prefix ? urlPath.slice(0, -2) : urlPath
  const { allowsHeader } = context.settings
  return {
    kind: 'http',
    channelId: context.channel.id,
    processId: context.processId,
    protocol: 'REST',
    address,
    prefix,
    role: props.userRole.trim() || 'ESBMessaging.send',
    csrfProtected: props.xsrfProtection,
    bodyBytesMax: props.maximumBodySize * megabyte,
    receive: request => receive(request, { address, allowsHeader }),
    reply,
  }
}
