import type { SaxesAttributeNS } from 'saxes'
import { hasId, type IsSame, identityOf, pairElements } from './pair-elements.ts'
import { BPMNDI } from './vocabulary.ts'
import { isDeclaration, isTypeName } from './xml-scope.ts'
import type { XmlElement } from './xml-tree.ts'

/** The attributes that count, by namespace and local name: no declarations, nor whether a shape is drawn expanded. */
export function meaningfulAttributes(element: XmlElement): ReadonlyMap<string, SaxesAttributeNS> {
  const found = new Map<string, SaxesAttributeNS>()
  for (const attribute of Object.values(element.attributes))
    if (!isDeclaration(attribute) && !isViewState(element, attribute))
      found.set(`{${attribute.uri}}${attribute.local}`, attribute)
  return found
}

/** `isExpanded` of a shape: the editor sets it for itself, files of integration flows do without. */
function isViewState(element: XmlElement, attribute: SaxesAttributeNS): boolean {
  return element.uri === BPMNDI && attribute.local === 'isExpanded'
}

/** What an attribute says, whatever its prefixes are: of `xsi:type` the name without one. */
export function meaningOf(attribute: SaxesAttributeNS | undefined): string | undefined {
  return attribute && isTypeName(attribute) ? attribute.value.replace(/^.*:/, '') : attribute?.value
}

/** The text of an element; where BPMN or the drawing have none, blanks are layout. */
export function textOf(element: XmlElement): string {
  const isLayout = element.children.length > 0 || element.uri !== ''
  return isLayout && element.text.trim() === '' ? '' : element.text
}

/**
 * In what two elements differ, each difference named by its place: attributes, texts, children that only one of them has,
 * their order. Prefixes, comments, blanks between elements and the order of attributes make no difference. `isSame` says
 * of which elements it is known that they need not be looked at.
 */
export function differences(
  left: XmlElement,
  right: XmlElement,
  isSame: IsSame = () => false,
  path = `<${left.name}>`,
): string[] {
  if (isSame(left, right)) return []
  const found: string[] = []
  const [ours, theirs] = [meaningfulAttributes(left), meaningfulAttributes(right)]
  for (const name of new Set([...ours.keys(), ...theirs.keys()]))
    if (meaningOf(ours.get(name)) !== meaningOf(theirs.get(name))) found.push(`${path} @${name}`)
  if (textOf(left) !== textOf(right)) found.push(`${path} text`)
  const pairs = pairElements(left.children, right.children)
  const paired = new Set(pairs.values())
  const places = new Map(left.children.map((child, index) => [child, index]))
  for (const child of left.children) if (!paired.has(child)) found.push(`${path} -${identityOf(child)}`)
  const counts = new Map<string, number>()
  let last = -1
  for (const child of right.children) {
    const identity = identityOf(child)
    const counterpart = pairs.get(child)
    if (!counterpart) {
      found.push(`${path} +${identity}`)
      continue
    }
    const place = places.get(counterpart) ?? 0
    if (place < last) found.push(`${path} order`)
    last = place
    const count = counts.get(identity) ?? 0
    counts.set(identity, count + 1)
    found.push(...differences(counterpart, child, isSame, hasId(child) ? identity : `${path}/${identity}[${count}]`))
  }
  return found
}
