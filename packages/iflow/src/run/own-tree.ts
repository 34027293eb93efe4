import { Exchange } from './exchange.ts'
import { decodeXml } from './xml.ts'

/** The same message with a tree that nobody shares, to be changed. */
export function ownTree({ body, charset, headers, properties }: Exchange): Exchange {
  const { raw } = body
  const text = raw instanceof Uint8Array ? decodeXml(raw, charset) : (raw ?? '')
  return new Exchange({ body: text, headers: headers.copy(), properties })
}
