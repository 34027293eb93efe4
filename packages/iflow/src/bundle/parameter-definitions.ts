import { childrenOf, firstChild, parseXml, type XmlElement } from '../bpmn/xml-tree.ts'
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
