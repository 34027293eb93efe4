import type { Exchange } from '../../run/exchange.ts'
import { decodeXml } from '../../run/xml.ts'
import { rootElementOf } from '../../run/xml-reader.ts'

const start =
  "<?xml version='1.0' encoding='UTF-8'?><multimap:Messages xmlns:multimap=\"http://sap.com/xi/XI/SplitAndMerge\">"
const end = '</multimap:Messages>'

/** All bodies in one `Message1`. Throws a `Failure` of code `not-well-formed` when one is not XML. */
export function identicalMessages(parts: readonly Exchange[]): string {
  return `${start}<multimap:Message1>${parts.map(elementOf).join('')}</multimap:Message1>${end}`
}

/** The bodies in `Message1`, `Message2`, …. Throws a `Failure` of code `not-well-formed` when one is not XML. */
export function differentMessages(parts: readonly Exchange[]): string {
  const messages = parts.map((part, index) => {
    const name = `multimap:Message${index + 1}`
    return `<${name}>${elementOf(part)}</${name}>`
  })
  return `${start}${messages.join('')}${end}`
}

function elementOf({ body, charset }: Exchange): string {
  const { raw } = body
  return rootElementOf(raw instanceof Uint8Array ? decodeXml(raw, charset) : (raw ?? ''))
}
