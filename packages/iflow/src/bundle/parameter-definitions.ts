import { applySplices, content, removal, type Splice } from '../bpmn/edit.ts'
import { escapeAttribute, escapeText } from '../bpmn/escape.ts'
import { attributeOf, childrenOf, firstChild, parseXml, type XmlElement } from '../bpmn/xml-tree.ts'
import type { Diagnostic } from '../diagnostic.ts'

/** One externalised parameter as `parameters.propdef` describes it to whoever configures the flow. */
export interface ParameterDefinition {
  /** What stands between `{{` and `}}` and what `parameters.prop` calls it. */
  readonly name: string
  /** Mostly empty. */
  readonly key: string
  /** `xsd:string`, `xsd:integer`, `xsd:boolean`, `xsd:long`, `custom:schedule`, … */
  readonly type: string
  readonly isRequired: boolean
  readonly description: string
  readonly constraint: string
  readonly additionalMetadata: string
}

/** Reads a `parameters.propdef`. Entries without a name are left out. Diagnostics as those of any XML file. */
export function parseParameterDefinitions(
  text: string,
  file: string,
): { definitions: ParameterDefinition[]; diagnostics: readonly Diagnostic[] } {
  const { root, diagnostics } = parseXml(text, file)
  const definitions = root ? childrenOf(root, 'parameter', '').map(readDefinition) : []
  return { definitions: definitions.filter(definition => definition.name !== ''), diagnostics }
}

function readDefinition(element: XmlElement): ParameterDefinition {
  const textOf = (local: string) => firstChild(element, local)?.text ?? ''
  return {
    name: textOf('name'),
    key: textOf('key'),
    type: textOf('type').trim() || 'xsd:string',
    isRequired: textOf('isRequired').trim() === 'true',
    description: textOf('description'),
    constraint: textOf('constraint'),
    additionalMetadata: textOf('additionalMetadata'),
  }
}

/** Where a parameter is used, for pages on which a flow is configured. */
export interface ParameterReference {
  /** The participant of a channel, or the step. */
  readonly category: string
  /** The variant, `/attrId::` and the key of the property. */
  readonly attributeId: string
  readonly label: string
  /** The parameter. */
  readonly name: string
}

const nothing = '<?xml version="1.0" encoding="UTF-8" standalone="no"?><parameters><param_references/></parameters>'

/**
 * The same `parameters.propdef` with another type and description of a parameter; one that is not there is added. The empty
 * text is as good a start as any. Undefined when the text is no XML.
 */
export function withParameterDefinition(
  text: string,
  { name, type, description }: Pick<ParameterDefinition, 'name' | 'type' | 'description'>,
): string | undefined {
  return editDefinitions(text, (root, source) => {
    const existing = childrenOf(root, 'parameter', '').findLast(element => firstChild(element, 'name')?.text === name)
    if (existing) {
      return Object.entries({ type, description }).flatMap(([local, value]) => {
        const field = firstChild(existing, local)
        if (field) return field.text === value ? [] : [content(source, field, escapeText(value))]
        const end = existing.children.at(-1)?.end ?? existing.contentStart
        return value === '' ? [] : [{ start: end, end, text: `<${local}>${escapeText(value)}</${local}>` }]
      })
    }
    const fields = [
      `<key/><name>${escapeText(name)}</name><type>${escapeText(type)}</type><isRequired>false</isRequired><constraint/>`,
      description === '' ? '<description/>' : `<description>${escapeText(description)}</description>`,
      '<additionalMetadata/>',
    ]
    return insertion(
      source,
      root,
      childrenOf(root, 'parameter', '').at(-1),
      `<parameter>${fields.join('')}</parameter>`,
    )
  })
}

/** The same `parameters.propdef` with one more reference, unless it is there. Undefined when the text is no XML. */
export function withParameterReference(text: string, reference: ParameterReference): string | undefined {
  return editDefinitions(text, (root, source) => {
    const holder = firstChild(root, 'param_references')
    const { category, attributeId, label, name } = reference
    const attributes = {
      attribute_category: category,
      attribute_id: attributeId,
      attribute_uilabel: label,
      param_key: name,
    }
    const isSame = (element: XmlElement) =>
      Object.entries(attributes).every(([key, value]) => attributeOf(element, key) === value)
    if (holder && childrenOf(holder, 'reference', '').some(isSame)) return []
    const written = Object.entries(attributes).map(([key, value]) => `${key}="${escapeAttribute(value)}"`)
    const element = `<reference ${written.join(' ')}/>`
    if (holder) return insertion(source, holder, holder.children.at(-1), element)
    return insertion(source, root, root.children.at(-1), `<param_references>${element}</param_references>`)
  })
}

/** The same `parameters.propdef` without these parameters and what refers to them. Undefined when the text is no XML. */
export function withoutParameterDefinitions(text: string, names: ReadonlySet<string>): string | undefined {
  return editDefinitions(text, (root, source) => {
    const holder = firstChild(root, 'param_references')
    const definitions = childrenOf(root, 'parameter', '').filter(element =>
      names.has(firstChild(element, 'name')?.text ?? ''),
    )
    const references = holder
      ? childrenOf(holder, 'reference', '').filter(element => names.has(attributeOf(element, 'param_key') ?? ''))
      : []
    return [...definitions, ...references].map(element => removal(source, element))
  })
}

function editDefinitions(
  text: string,
  edit: (root: XmlElement, source: string) => readonly Splice[],
): string | undefined {
  const source = text.trim() === '' ? nothing : text
  const { root } = parseXml(source, 'parameters.propdef')
  return root && applySplices(source, edit(root, source))
}

/** Behind a child, or where there is none as the first. */
function insertion(text: string, parent: XmlElement, behind: XmlElement | undefined, inner: string): Splice[] {
  if (behind) return [{ start: behind.end, end: behind.end, text: inner }]
  if (parent.contentStart === parent.end) return [content(text, parent, inner)]
  return [{ start: parent.contentStart, end: parent.contentStart, text: inner }]
}
