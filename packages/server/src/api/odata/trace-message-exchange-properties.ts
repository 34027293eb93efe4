import type { EntitySetApi, ToManyApi } from './definition.ts'
import { traceValueSet, traceValues } from './trace-values.ts'

/** Exchange properties of messages that were traced. */
export const traceMessageExchangeProperties: EntitySetApi = traceValueSet(
  'TraceMessageExchangeProperties',
  'TraceMessageExchangeProperty',
  'properties',
)

/** Exchange properties of one message. */
export const traceMessageExchangePropertiesOf: ToManyApi = traceValues('properties')
