import type { MessageLink } from '../model.ts'
import { edmxStructure } from './edmx.ts'
import { jsonStructure } from './json.ts'
import { decodeSchema, type ReadFile, SchemaSet } from './schema-set.ts'
import type { StructureNode, StructureResult } from './structure.ts'
import { elementStructure, messageStructure } from './xsd.ts'

/** The namespace of the envelope around several messages. */
const messagesUri = 'http://sap.com/xi/XI/SplitAndMerge'

/** The structure of a message by the file that describes it: XSD, WSDL, OpenAPI or EDMX. */
export function structureOf(link: MessageLink, read: ReadFile): StructureResult {
  // Links of an Enterprise Services Repository leave the extension out.
  const file = read(link.file) === undefined ? `${link.file}.${link.kind}` : link.file
  const bytes = read(file)
  if (bytes === undefined) return { problem: `Expected ${link.file} for the structure of a message, found none` }
  if (link.kind === 'json') return jsonStructure(bytes, link.root)
  if (link.kind === 'edmx') return edmxStructure(decodeSchema(bytes), file, link.root)
  if (link.kind !== 'xsd' && link.kind !== 'wsdl') {
    return { problem: `Expected a structure from XSD, WSDL, OpenAPI or EDMX, found "${link.kind}"` }
  }
  const schemas = new SchemaSet(read)
  schemas.load(file)
  const found = elementStructure(schemas, link.root, link.namespace) ?? messageStructure(schemas, link.root)
  return found ?? { problem: schemas.problems[0] ?? `Expected element "${link.root}" in ${link.file}, found none` }
}

/** The envelope that stands around the messages of a mapping from or to more than one. */
export function envelopeOf(
  messages: readonly { readonly link: MessageLink; readonly root: StructureNode }[],
): StructureNode {
  const parts = messages.map(({ link: { minOccurs, maxOccurs }, root }, index) =>
    envelopePart(`Message${index + 1}`, [{ ...root, minOccurs, maxOccurs }]),
  )
  return envelopePart('Messages', parts)
}

function envelopePart(local: string, children: readonly StructureNode[]): StructureNode {
  const fixed = { uri: messagesUri, isAttribute: false, minOccurs: 1, maxOccurs: 1, json: 'string' } as const
  return { local, ...fixed, children: () => children }
}
