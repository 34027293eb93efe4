import { type AdapterContext, asText, type Exchange, Failure, type Receiver } from '@sluice/iflow'
import { canonicalAddress } from './address.ts'

/** Headers that name a run; the caller keeps its own. */
const ofTheRun = new Set(['sap_messageprocessinglogid', 'sap_mplcorrelationid'])

/** The producer side: calls the consumer, then takes over its body and headers. */
export async function compileReceiver(
  { address }: { readonly address: string },
  context: AdapterContext,
): Promise<Receiver | undefined> {
  const addressOf = await context.value('simple', address.trim())
  if (addressOf === undefined) return undefined
  return async (exchange, scope) => {
    const target = asText(addressOf(exchange, scope))
    if (target.trim() === '') {
      throw new Failure(`Expected the ProcessDirect address "${address}" to give text, found nothing.`, {
        code: 'receiver',
      })
    }
    const { callDepth, correlationId, ports } = scope
    const answer = await ports.flows
      .call(canonicalAddress(target), exchange.copy(), { callDepth, correlationId })
      .catch((error: unknown) => raise(error))
    takeOver(answer, exchange)
  }
}

/** The consumer's failure names a step of the consumer; here it is the calling step that fails. */
function raise(error: unknown): never {
  if (!(error instanceof Failure)) throw error
  const { code, retry, exception } = error
  throw new Failure(error.message, { code, retry, exception, cause: error })
}

function takeOver(answer: Exchange, exchange: Exchange): void {
  exchange.body = answer.body
  for (const [name, value] of answer.headers) {
    if (!ofTheRun.has(name.toLowerCase())) exchange.headers.set(name, value)
  }
}
