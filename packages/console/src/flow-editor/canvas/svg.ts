const namespace = 'http://www.w3.org/2000/svg'

/** An element of SVG with attributes. */
export function create(name: string, attributes: Readonly<Record<string, string | number>> = {}): SVGElement {
  const element = document.createElementNS(namespace, name) as SVGElement
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}
