import { parseXml, type XmlElement } from '@sluice/iflow/bpmn'

/** XML that is not what it has to be: why, for the log. */
export class SamlError extends Error {
  override readonly name = 'SamlError'
}

/** The root element of a document without DTD, and so without entities of its own. Throws `SamlError`. */
export function readXml(
  text: string,
  limits: { readonly lengthMax: number; readonly elementsMax: number },
): XmlElement {
  const { root, diagnostics } = parseXml(text, 'XML', { ...limits, depthMax: 32 })
  if (root) return root
  throw new SamlError(`the XML cannot be read: ${diagnostics[0]?.message ?? 'it is empty'}`)
}

export function isElement(element: XmlElement, uri: string, local: string): boolean {
  return element.uri === uri && element.local === local
}

/** Its children of that name. */
export function childrenOf(element: XmlElement, uri: string, local: string): XmlElement[] {
  return element.children.filter(child => isElement(child, uri, local))
}

/** Its only child of that name, if it has one. Throws `SamlError` when it has more. */
export function childOf(element: XmlElement, uri: string, local: string): XmlElement | undefined {
  const [child, ...others] = childrenOf(element, uri, local)
  if (others.length > 0) throw new SamlError(`${element.local} has more than one ${local}`)
  return child
}

/** The value of an attribute without namespace. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes[name]?.value
}

/** The element and everything in it. */
export function* within(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) yield* within(child)
}
