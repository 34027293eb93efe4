import { keyOf } from './read-model.ts'
import { BPMN, BPMNDI, IFL } from './vocabulary.ts'
import { attributeOf, type XmlElement } from './xml-tree.ts'

/**
 * What makes an element the same one in two versions of a file, among the children of one parent: its `id`; what a shape
 * or edge draws; the key of a property; the flow that `incoming` and `outgoing` name; else its kind alone (position decides).
 */
export function identityOf(element: XmlElement): string {
  const kind = `{${element.uri}}${element.local}`
  if (element.uri === IFL && element.local === 'property') return `${kind} ${keyOf(element)}`
  if (element.uri === BPMN && /^(?:incoming|outgoing)$/.test(element.local)) return `${kind} ${element.text.trim()}`
  const drawn = element.uri === BPMNDI ? attributeOf(element, 'bpmnElement') : undefined
  const id = drawn ?? attributeOf(element, 'id')
  return id === undefined ? kind : `${kind}#${id}`
}

/** Whether its identity is one of the whole file, not only among the children of its parent. */
export function hasId(element: XmlElement): boolean {
  return attributeOf(element, 'id') !== undefined
}

/** Pairs what is the same in two lists, the n-th with the n-th where several have one identity: from `right` to `left`. */
export function pairElements(
  left: readonly XmlElement[],
  right: readonly XmlElement[],
): ReadonlyMap<XmlElement, XmlElement> {
  const pairs = new Map<XmlElement, XmlElement>()
  if (left.length === 0 || right.length === 0) return pairs
  const waiting = Map.groupBy(left, identityOf)
  const taken = new Map<string, number>()
  for (const element of right) {
    const identity = identityOf(element)
    const index = taken.get(identity) ?? 0
    const other = waiting.get(identity)?.[index]
    if (!other) continue
    taken.set(identity, index + 1)
    pairs.set(element, other)
  }
  return pairs
}

/** Whether two elements are known to be the same, so that what is inside of them need not be looked at. */
export type IsSame = (left: XmlElement, right: XmlElement) => boolean

/** Pairs two elements and, child by child, what is inside of them, from those of `right` to those of `left`. */
export function pairInPlace(
  left: XmlElement,
  right: XmlElement,
  isSame: IsSame = () => false,
): Map<XmlElement, XmlElement> {
  const pairs = new Map<XmlElement, XmlElement>()
  const visit = (one: XmlElement, other: XmlElement) => {
    pairs.set(other, one)
    if (isSame(one, other)) return
    for (const [child, counterpart] of pairElements(one.children, other.children)) visit(counterpart, child)
  }
  visit(left, right)
  return pairs
}

/** Pairs two trees in place, then what is left over with what has the same id under another parent. */
export function pairAnywhere(left: XmlElement, right: XmlElement, isSame: IsSame): Map<XmlElement, XmlElement> {
  const pairs = pairInPlace(left, right, isSame)
  const used = new Set(pairs.values())
  const closed = new Set([...pairs].flatMap(pair => (isSame(pair[1], pair[0]) ? pair : [])))
  const elsewhere = Map.groupBy(
    descendants(left, closed).filter(element => hasId(element) && !used.has(element)),
    identityOf,
  )
  for (const element of elsewhere.size > 0 ? descendants(right, closed) : []) {
    if (pairs.has(element) || !hasId(element)) continue
    const [moved, another] = elsewhere.get(identityOf(element)) ?? []
    if (!moved || another || used.has(moved)) continue
    for (const [theirs, ours] of pairInPlace(moved, element)) {
      if (pairs.has(theirs) || used.has(ours)) continue
      pairs.set(theirs, ours)
      used.add(ours)
    }
  }
  return pairs
}

/** All elements below one, in document order, but what is inside of those of a set. */
function descendants(element: XmlElement, closed: ReadonlySet<XmlElement>): XmlElement[] {
  const found: XmlElement[] = []
  const visit = (parent: XmlElement) => {
    if (closed.has(parent)) return
    for (const child of parent.children) {
      found.push(child)
      visit(child)
    }
  }
  visit(element)
  return found
}
