import type { EntitySetApi, ToManyApi } from './definition.ts'
import { traceValueSet, traceValues } from './trace-values.ts'

/** Headers of messages that were traced. */
export const traceMessageProperties: EntitySetApi = traceValueSet(
  'TraceMessageProperties',
  'TraceMessageProperty',
  'headers',
)

/** Headers of one message. */
export const traceMessagePropertiesOf: ToManyApi = traceValues('headers')
