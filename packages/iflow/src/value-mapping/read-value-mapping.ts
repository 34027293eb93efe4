import { attributeOf, firstChild, parseXml, type XmlElement } from '../bpmn/xml-tree.ts'
import type { Bundle } from '../bundle/bundle.ts'
import type { Diagnostic } from '../diagnostic.ts'

/** Where an artifact of type `ValueMapping` keeps its table. */
export const valueMappingFile = 'value_mapping.xml'

/** Values that mean the same to different agencies. */
export type ValueGroup = readonly ValueEntry[]

/** One agency's word for it. */
export interface ValueEntry {
  readonly agency: string
  /** What the agency calls this kind of value: the `schema` of the file, the identifier of the editor. */
  readonly identifier: string
  readonly value: string
  /** The entry to use when several groups translate the same value to this agency and identifier. */
  readonly isDefault: boolean
}

/**
 * Reads the table of a value mapping artifact. Never throws: `no-value-mapping` when the file is missing, `broken-xml` and
 * its like, `invalid-value-mapping` for a group whose entries lack agency or schema.
 */
export function readValueMapping(bundle: Pick<Bundle, 'files'>): {
  readonly groups: readonly ValueGroup[]
  readonly diagnostics: readonly Diagnostic[]
} {
  const bytes = bundle.files.get(valueMappingFile)
  if (bytes === undefined) {
    const message = `Expected ${valueMappingFile}, found none: this is not an exported value mapping.`
    return { groups: [], diagnostics: [problem('no-value-mapping', message)] }
  }
  const { root, diagnostics } = parseXml(new TextDecoder('utf-8').decode(bytes), valueMappingFile)
  if (root === undefined) return { groups: [], diagnostics }
  const groups: ValueGroup[] = []
  const wrong: Diagnostic[] = []
  for (const group of root.children) {
    if (group.local !== 'group') continue
    const entries = group.children.filter(child => child.local === 'entry').map(readEntry)
    if (entries.every(({ agency, identifier }) => agency !== '' && identifier !== '')) groups.push(entries)
    else {
      const message = 'Expected every entry of a group to have an agency and a schema, found one without.'
      wrong.push(problem('invalid-value-mapping', message, group.line))
    }
  }
  return { groups, diagnostics: wrong }
}

function readEntry(entry: XmlElement): ValueEntry {
  const textOf = (name: string) => firstChild(entry, name)?.text ?? ''
  return {
    agency: textOf('agency'),
    identifier: textOf('schema'),
    value: textOf('value'),
    isDefault: attributeOf(entry, 'isDefault') === 'true',
  }
}

function problem(code: string, message: string, line?: number): Diagnostic {
  return { code, severity: 'error', message, at: { file: valueMappingFile, ...(line !== undefined && { line }) } }
}
