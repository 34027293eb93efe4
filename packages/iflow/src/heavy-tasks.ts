import { xpathConditionTask, xpathValuesTask } from './expressions/heavy-xpath.ts'
import { readMultipartTask, writeMultipartTask } from './formats/multipart.ts'
import { mappingTask } from './mapping/mapping-task.ts'
import type { HeavyTask } from './ports/heavy-work.ts'
import { base64DecodeTask } from './steps/base64-decode.ts'
import { base64EncodeTask } from './steps/base64-encode.ts'
import { lookupTask } from './steps/content-enricher/lookup.ts'
import { csvToXmlTask } from './steps/csv-to-xml/convert.ts'
import { selectionTask } from './steps/data-store-select.ts'
import { filterTask } from './steps/filter.ts'
import { mergeTask } from './steps/gather/merge-at-path.ts'
import { jsonToXmlTask } from './steps/json-to-xml/convert.ts'
import { canonicalizeTask } from './steps/message-digest/canonicalize.ts'
import { multiMappingTask } from './steps/multi-mapping/messages.ts'
import { xmlToCsvTask } from './steps/xml-to-csv/convert.ts'
import { xmlToJsonTask } from './steps/xml-to-json/convert.ts'
import { validateTask } from './steps/xml-validator/validate.ts'

/** A task without the types of its input and result, as hosts keep it. */
export type AnyHeavyTask = HeavyTask<never, unknown>

/** Every task that steps leave to `Ports.heavyWork`, sorted by name: what its processes can do. */
export const heavyTasks: readonly AnyHeavyTask[] = [
  base64DecodeTask,
  base64EncodeTask,
  canonicalizeTask,
  csvToXmlTask,
  selectionTask,
  lookupTask,
  filterTask,
  jsonToXmlTask,
  mergeTask,
  mappingTask,
  readMultipartTask,
  writeMultipartTask,
  multiMappingTask,
  xmlToCsvTask,
  xmlToJsonTask,
  validateTask,
  xpathConditionTask,
  xpathValuesTask,
]
