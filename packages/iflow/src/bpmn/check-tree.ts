import type { Diagnostic } from '../diagnostic.ts'
import { BPMN, FLOW_NODE } from './vocabulary.ts'
import { attributeOf, type XmlElement } from './xml-tree.ts'

const MODEL_ELEMENT = /^(?:collaboration|participant|messageFlow|process|sequenceFlow)$/

interface Reference {
  /** Local names of the elements that have it. */
  readonly of: RegExp
  /** An attribute, or a child element whose text is the reference. */
  readonly in: { readonly attribute: string } | { readonly child: string }
  /** Local names of what it may lead to. */
  readonly to: RegExp
  readonly expected: string
  readonly sameParent?: true
  /** BPMN says it twice; the engine reads the other place. */
  readonly redundant?: true
  readonly optional?: true
}

const ENDS = { to: FLOW_NODE, expected: 'an event, step or gateway of the same process', sameParent: true } as const
const CHANNEL_ENDS = {
  to: new RegExp(`^participant$|${FLOW_NODE.source}`),
  expected: 'a participant, an event or a step',
} as const
const FLOW = { to: /^sequenceFlow$/, expected: 'a sequence flow of the same process', sameParent: true } as const

const REFERENCES: readonly Reference[] = [
  { of: /^sequenceFlow$/, in: { attribute: 'sourceRef' }, ...ENDS },
  { of: /^sequenceFlow$/, in: { attribute: 'targetRef' }, ...ENDS },
  { of: /^messageFlow$/, in: { attribute: 'sourceRef' }, ...CHANNEL_ENDS },
  { of: /^messageFlow$/, in: { attribute: 'targetRef' }, ...CHANNEL_ENDS },
  { of: /^participant$/, in: { attribute: 'processRef' }, to: /^process$/, expected: 'a process', optional: true },
  { of: FLOW_NODE, in: { attribute: 'default' }, ...FLOW, optional: true },
  { of: FLOW_NODE, in: { child: 'incoming' }, ...FLOW, redundant: true },
  { of: FLOW_NODE, in: { child: 'outgoing' }, ...FLOW, redundant: true },
]

interface Placed {
  readonly element: XmlElement
  readonly parent: XmlElement | undefined
}

/**
 * What a resolved model could no longer say about itself: ids that are missing or used twice (`missing-id`,
 * `duplicate-id`) and references that lead nowhere (`dangling-reference`). The drawing may refer to whatever it likes.
 */
export function checkTree(definitions: XmlElement, file: string): Diagnostic[] {
  const byId = new Map<string, Placed>()
  const semantic: Placed[] = []
  const diagnostics: Diagnostic[] = []
  const visit = (element: XmlElement, parent: XmlElement | undefined) => {
    const placed = { element, parent }
    const id = attributeOf(element, 'id')
    if (element.uri === BPMN) semantic.push(placed)
    if (isModelElement(element) && !id) diagnostics.push(missingId(element, file))
    if (id) {
      const first = byId.get(id)
      if (first) diagnostics.push(duplicateId(element, first.element, file))
      // A drawing that repeats the id of a step must not hide the step.
      if (!first || (isModelElement(element) && !isModelElement(first.element))) byId.set(id, placed)
    }
    for (const child of element.children) visit(child, element)
  }
  visit(definitions, undefined)
  for (const placed of semantic)
    for (const reference of REFERENCES)
      if (reference.of.test(placed.element.local)) diagnostics.push(...dangling(placed, reference, byId, file))
  return diagnostics
}

function isModelElement(element: XmlElement): boolean {
  return element.uri === BPMN && (MODEL_ELEMENT.test(element.local) || FLOW_NODE.test(element.local))
}

function missingId(element: XmlElement, file: string): Diagnostic {
  const name = attributeOf(element, 'name')
  const message = `Expected <${element.name}> to have an id, found none.`
  const at = { file, line: element.line, ...(name ? { elementName: name } : {}) }
  return { code: 'missing-id', severity: 'error', message, at }
}

function duplicateId(element: XmlElement, first: XmlElement, file: string): Diagnostic {
  const elementId = attributeOf(element, 'id') ?? ''
  return {
    code: 'duplicate-id',
    severity: isModelElement(element) && isModelElement(first) ? 'error' : 'warning',
    message: `Expected every id once, found "${elementId}" here and on line ${first.line}.`,
    at: { file, elementId, line: element.line },
  }
}

function dangling(
  { element, parent }: Placed,
  reference: Reference,
  byId: ReadonlyMap<string, Placed>,
  file: string,
): Diagnostic[] {
  const place = reference.in
  const values =
    'attribute' in place
      ? [attributeOf(element, place.attribute) ?? '']
      : element.children
          .filter(child => child.local === place.child && child.uri === BPMN)
          .map(child => child.text.trim())
  const found = values.filter(value => {
    if (value === '') return !reference.optional
    const target = byId.get(value)
    if (!target || target.element.uri !== BPMN || !reference.to.test(target.element.local)) return true
    return reference.sameParent === true && target.parent !== parent
  })
  const elementId = attributeOf(element, 'id')
  const elementName = attributeOf(element, 'name')
  const label = 'attribute' in place ? place.attribute : `<${place.child}>`
  return found.map(value => ({
    code: 'dangling-reference',
    severity: reference.redundant ? 'warning' : 'error',
    message: `Expected ${label} of <${element.name}> to be the id of ${reference.expected}, found "${value}".`,
    at: { file, line: element.line, ...(elementId ? { elementId } : {}), ...(elementName ? { elementName } : {}) },
  }))
}
