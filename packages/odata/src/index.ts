export { type BatchItem, type BatchRequest, parseBatch, urlInBatch } from './batch/parse-batch.ts'
export { type BatchAnswer, type BatchItemAnswer, renderBatch } from './batch/render-batch.ts'
export { type EntityBody, parseEntityBody, parseRelatedBodies, type RelatedBodies } from './body.ts'
export { renderMetadata } from './edm/metadata.ts'
export {
  type ComplexType,
  defineModel,
  type EntityRow,
  type EntitySet,
  type EntityType,
  type FunctionImport,
  findPath,
  isInt64,
  type Model,
  type Navigation,
  type PrimitiveType,
  type PrimitiveValue,
  type Property,
  type PropertyValue,
} from './edm/model.ts'
export { ODataError, type ODataErrorCode, odataErrors } from './error.ts'
export type * from './filter.ts'
export {
  atomEntryContentType,
  atomFeedContentType,
  renderEntryAtom,
  renderFeedAtom,
  renderPropertyXml,
  renderServiceDocumentXml,
  xmlContentType,
} from './format/atom.ts'
export {
  type Entity,
  entityPath,
  type Feed,
  formatPlain,
  type PropertyOfRow,
  type RenderContext,
} from './format/entity.ts'
export { type ErrorBody, type Rendered, renderError } from './format/error-body.ts'
export {
  jsonContentType,
  renderEntityJson,
  renderFeedJson,
  renderPropertyJson,
  renderServiceDocumentJson,
} from './format/json.ts'
export { type Links, renderLinks } from './format/links.ts'
export { acceptedFormat, type Format, negotiate } from './format/negotiate.ts'
export { parseParameters } from './function-parameters.ts'
export { matches, queryRows, type RowQuery, valueAt } from './query/evaluate.ts'
export { pathsIn, typedFilter, type ValueType } from './query/filter-types.ts'
export { replaceText } from './query/functions.ts'
export { nextPageUrl, type Page, pageOf } from './query/paging.ts'
export { checkQuery, type Query, type Selection } from './query/query.ts'
export type { Key } from './url/key.ts'
export { parseFilter } from './url/parse-filter.ts'
export type { QueryOptions } from './url/query-options.ts'
export { type ODataRequest, parseRequest } from './url/request.ts'
export type { Resource, Step, Steps } from './url/resource.ts'
