import { mappingTask } from './mapping/mapping-task.ts'
import type { HeavyTask } from './ports/heavy-work.ts'
import { csvToXmlTask } from './steps/csv-to-xml/convert.ts'
import { filterTask } from './steps/filter.ts'
import { jsonToXmlTask } from './steps/json-to-xml/convert.ts'
import { xmlToCsvTask } from './steps/xml-to-csv/convert.ts'
import { xmlToJsonTask } from './steps/xml-to-json/convert.ts'

/** A task without the types of its input and result, as hosts keep it. */
export type AnyHeavyTask = HeavyTask<never, unknown>

/** Every task that steps leave to `Ports.heavyWork`, sorted by name: what its processes can do. */
export const heavyTasks: readonly AnyHeavyTask[] = [
  csvToXmlTask,
  filterTask,
  jsonToXmlTask,
  mappingTask,
  xmlToCsvTask,
  xmlToJsonTask,
]
