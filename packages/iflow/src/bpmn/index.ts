/** The `.iflw` file format: text to model and back. Runs in a browser. */

export { compareFlows, type FlowChange, type FlowElementKind, type FlowFact } from './compare-flows.ts'
export { type IflowDocument, type ParsedIflow, parseIflow } from './document.ts'
export { unescapeXml } from './escape.ts'
export { type EditorTexts, type MergedEdit, mergeEdit } from './merge-edit.ts'
export type * from './model.ts'
export { type NamespaceMapping, parseNamespaceMapping } from './namespace-mapping.ts'
export { parseNumberedRow, parseRows, type Row, type RowTable } from './rows.ts'
export { parseVariant, type Variant } from './variant.ts'
export { BPMN, IFL } from './vocabulary.ts'
export { parseXml, XML_LIMITS, type XmlElement, type XmlLimits } from './xml-tree.ts'
