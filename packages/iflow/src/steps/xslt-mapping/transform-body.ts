import type { Ports } from '../../ports.ts'
import { Body } from '../../run/body.ts'
import { encode } from '../../run/charset.ts'
import type { Exchange } from '../../run/exchange.ts'
import { asText } from '../../run/value.ts'
import { decodeXml, refuseDocumentType } from '../../run/xml.ts'
import type { Stylesheet } from './load-stylesheet.ts'

/** The format of the result: text, or bytes in the encoding that the stylesheet names. */
export type ResultFormat = 'String' | 'Bytes'

/** Replaces the body by what a stylesheet makes of it, and sets the headers and properties that it sets. */
export async function transformBody(
  { program, parameters, encoding }: Stylesheet,
  exchange: Exchange,
  { stylesheets }: Ports,
  format: ResultFormat,
): Promise<void> {
  const { raw } = exchange.body
  const document = raw instanceof Uint8Array ? decodeXml(raw, exchange.charset) : exchange.text()
  refuseDocumentType(document)
  const values = new Map<string, string>()
  for (const name of parameters) {
    // The handle that `setHeader` and `setProperty` are called with.
    const value = name === 'exchange' ? name : (exchange.headers.get(name) ?? exchange.properties.get(name))
    if (value !== undefined && value !== null) values.set(name, asText(value))
  }
  const { text, changes } = await stylesheets.transform(program, { document, parameters: values })
  for (const { kind, name, value } of changes) {
    if (kind === 'header') exchange.headers.set(name, value)
    else exchange.properties.set(name, value)
  }
  exchange.body = Body.of(format === 'String' ? text : encode(text, encoding))
}
