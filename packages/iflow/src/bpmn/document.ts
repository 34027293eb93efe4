import type { Diagnostic } from '../diagnostic.ts'
import { checkTree } from './check-tree.ts'
import { applySplices, nameSplices, propertySplices, type Splice } from './edit.ts'
import { isXmlText } from './escape.ts'
import type { FlowModel } from './model.ts'
import { readModel } from './read-model.ts'
import { BPMN } from './vocabulary.ts'
import { attributeOf, parseXml, XML_LIMITS, type XmlElement, type XmlLimits } from './xml-tree.ts'

/** What `parseIflow` made of a text. */
export interface ParsedIflow {
  /** Undefined when the text cannot be read at all; it may be there beside errors that forbid deployment. */
  readonly document: IflowDocument | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * An `.iflw` file: its text and what it means. Immutable: an edit returns a new document whose text differs from this one
 * only at the edited place. Comments, entities, line ends, order of attributes and the drawing stay byte for byte.
 */
export interface IflowDocument {
  /** The whole file as it was parsed, with a byte order mark if it had one. */
  readonly text: string
  readonly model: FlowModel
  /**
   * Sets or adds (string) or removes (undefined) an `ifl:property` of any BPMN element, including the collaboration.
   * Properties of timer, error, escalation and terminate events are added inside the event definition, where the format
   * keeps them.
   *
   * @throws RangeError when there is no such element, or XML cannot hold a character of the key or value.
   */
  withProperty(elementId: string, key: string, value: string | undefined): IflowDocument
  /** Sets the `name` attribute of a BPMN element. @throws RangeError as `withProperty` does. */
  withName(elementId: string, name: string): IflowDocument
}

/**
 * Reads one `.iflw` file. `file` is its path inside the artifact and goes into every diagnostic.
 *
 * Without a document: `broken-xml`, `xml-dtd`, `too-large`, `too-deep`, `not-an-iflow`. With one: `missing-id`,
 * `duplicate-id`, `dangling-reference`; warnings where the flow can run all the same.
 */
export function parseIflow(text: string, file: string, limits: XmlLimits = XML_LIMITS): ParsedIflow {
  const { root, diagnostics } = parseXml(text, file, limits)
  if (!root) return { document: undefined, diagnostics }
  const model = readModel(root, file)
  if (!model) {
    const found = root.uri === BPMN && root.local === 'definitions' ? 'no collaboration' : `<${root.name}>`
    const message = `Expected an integration flow (BPMN 2.0 definitions with a collaboration), found ${found}.`
    const at = { file, line: root.line }
    return { document: undefined, diagnostics: [{ code: 'not-an-iflow', severity: 'error', message, at }] }
  }
  return { document: new ParsedDocument(text, root, model, limits), diagnostics: checkTree(root, file) }
}

class ParsedDocument implements IflowDocument {
  readonly text: string
  readonly model: FlowModel
  readonly #root: XmlElement
  readonly #limits: XmlLimits

  constructor(text: string, root: XmlElement, model: FlowModel, limits: XmlLimits) {
    this.text = text
    this.model = model
    this.#root = root
    this.#limits = limits
  }

  withProperty(elementId: string, key: string, value: string | undefined): IflowDocument {
    requireXmlText(key)
    requireXmlText(value ?? '')
    return this.#edited(propertySplices(this.text, this.#root, this.#find(elementId), [key, value]))
  }

  withName(elementId: string, name: string): IflowDocument {
    requireXmlText(name)
    return this.#edited(nameSplices(this.text, this.#find(elementId), name))
  }

  #edited(splices: readonly Splice[]): IflowDocument {
    if (splices.length === 0) return this
    const { document, diagnostics } = parseIflow(applySplices(this.text, splices), this.model.file, this.#limits)
    if (!document) throw new RangeError(`The edit cannot be made: ${diagnostics[0]?.message}`)
    return document
  }

  #find(elementId: string): XmlElement {
    const search = (element: XmlElement): XmlElement | undefined => {
      if (element.uri === BPMN && attributeOf(element, 'id') === elementId) return element
      for (const child of element.children) {
        const found = search(child)
        if (found) return found
      }
      return undefined
    }
    const element = search(this.#root)
    if (!element) throw new RangeError(`Expected the id of an element of ${this.model.file}, found "${elementId}".`)
    return element
  }
}

function requireXmlText(text: string): void {
  if (!isXmlText(text)) throw new RangeError('Expected characters that XML 1.0 can hold, found a control character.')
}
