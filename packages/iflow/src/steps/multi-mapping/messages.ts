import type { HeavyTask, Ports } from '../../ports.ts'
import type { Exchange } from '../../run/exchange.ts'
import { heavyFrom } from '../../run/heavy-work.ts'
import { decodeXml } from '../../run/xml.ts'
import { rootElementOf } from '../../run/xml-reader.ts'

const start =
  "<?xml version='1.0' encoding='UTF-8'?><multimap:Messages xmlns:multimap=\"http://sap.com/xi/XI/SplitAndMerge\">"
const end = '</multimap:Messages>'

interface Message {
  readonly content: string | Uint8Array | null
  readonly charset: string
}

interface Work {
  readonly messages: readonly Message[]
  readonly areIdentical: boolean
}

/** Reading every message to its root element and putting them together, elsewhere. */
export const multiMappingTask: HeavyTask<Work, string> = { name: 'multi-mapping', run: together }

/** All bodies in one `Message1`. Throws a `Failure` of code `not-well-formed` when one is not XML. */
export function identicalMessages(parts: readonly Exchange[], ports: Ports): string | Promise<string> {
  return combine(parts, true, ports)
}

/** The bodies in `Message1`, `Message2`, …. Throws a `Failure` of code `not-well-formed` when one is not XML. */
export function differentMessages(parts: readonly Exchange[], ports: Ports): string | Promise<string> {
  return combine(parts, false, ports)
}

function combine(parts: readonly Exchange[], areIdentical: boolean, { heavyWork }: Ports): string | Promise<string> {
  const messages = parts.map(({ body, charset }): Message => ({ content: body.raw, charset }))
  const size = messages.reduce((sum, { content }) => sum + (content?.length ?? 0), 0)
  const work = { messages, areIdentical }
  return size > heavyFrom ? heavyWork.run(multiMappingTask, work) : together(work)
}

function together({ messages, areIdentical }: Work): string {
  const elements = messages.map(elementOf)
  const named = areIdentical ? [elements.join('')] : elements
  const content = named.map((element, index) => {
    const name = `multimap:Message${index + 1}`
    return `<${name}>${element}</${name}>`
  })
  return `${start}${content.join('')}${end}`
}

function elementOf({ content, charset }: Message): string {
  return rootElementOf(content instanceof Uint8Array ? decodeXml(content, charset) : (content ?? ''))
}
