import { type AdapterContext, type DirectEntryPoint, Exchange } from '@sluice/iflow'
import { canonicalAddress } from './address.ts'

/**
 * The consumer side. "Header propagation is not supported across producer and consumer integration flows unless
 * configured in Allowed Headers" and "property propagation is not supported" (ProcessDirect Adapter): the message starts
 * with the body, the allowed headers and the content type.
 */
export function compileSender(
  { address }: { readonly address: string },
  context: AdapterContext,
): DirectEntryPoint | undefined {
  if (!/^[\w/.~-]+$/.test(address.trim())) {
    const message = `Expected an address of letters, digits, "/", "_", "-", "." and "~", found "${address}".`
    context.report('invalid-address', message, 'error', 'address')
    return undefined
  }
  const { allowsHeader } = context.settings
  return {
    kind: 'direct',
    channelId: context.channel.id,
    processId: context.processId,
    address: canonicalAddress(address),
    receive: exchange =>
      new Exchange({
        body: exchange.body,
        headers: [...exchange.headers].filter(([name]) => allowsHeader(name) || name.toLowerCase() === 'content-type'),
      }),
  }
}
