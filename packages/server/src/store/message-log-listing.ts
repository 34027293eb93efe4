import { type FilterExpression, type LiteralValue, ODataError } from '@sluice/odata'
import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { type ComparisonOperator, column, constant, type Property } from './filter.ts'
import { type Listing, page } from './listing.ts'
import type { Schema } from './schema.ts'
import type { ListQuery } from './store.ts'

/** The literal the partial indexes are declared with; a bound parameter would hide them from the planner. */
export const unusual = sql<boolean>`status <> 'COMPLETED'`

function impliedByStatus(operator: ComparisonOperator, value: LiteralValue): RawBuilder<SqlBool> | undefined {
  if (operator !== 'eq' && operator !== 'ne') return undefined
  return (operator === 'ne') === (value === 'COMPLETED') ? unusual : undefined
}

/** A log does not end before it starts, and the indexes are sorted by the end. */
function impliedByStart(operator: ComparisonOperator, value: LiteralValue): RawBuilder<SqlBool> | undefined {
  const isFrom = operator === 'gt' || operator === 'ge' || operator === 'eq'
  return isFrom && value instanceof Date ? sql`log_end >= ${value.getTime()}` : undefined
}

/** Most messages cause no other: their correlation ID is their own, which the primary key finds. */
function impliedByCorrelation(operator: ComparisonOperator, value: LiteralValue): RawBuilder<SqlBool> | undefined {
  if (operator !== 'eq' || typeof value !== 'string') return undefined
  return sql`(message_guid = ${value} or (correlation_id = ${value} and correlation_id <> message_guid))`
}

/** A column whose null stands for a value. */
function defaulting(sqlText: RawBuilder<unknown>): Property {
  return { type: 'text', sql: sqlText, nullable: false }
}

const newestFirst = [{ property: 'LogEnd', descending: true }]

/** Message logs as filters see them. */
export const messageLogListing: Listing = {
  key: sql.ref('key'),
  properties: {
    MessageGuid: column('message_guid'),
    CorrelationId: column('correlation_id', 'text', { implied: impliedByCorrelation }),
    ApplicationMessageId: column('application_message_id', 'text', { nullable: true }),
    ApplicationMessageType: column('application_message_type', 'text', { nullable: true }),
    LogStart: column('log_start', 'time', { implied: impliedByStart }),
    LogEnd: column('log_end', 'time'),
    Sender: column('sender', 'text', { nullable: true }),
    Receiver: column('receiver', 'text', { nullable: true }),
    // The name that the original shows here, and clients filter by, is the ID.
    IntegrationFlowName: column('artifact_id'),
    Status: column('status', 'text', { implied: impliedByStatus }),
    CustomStatus: defaulting(sql`coalesce(custom_status, status)`),
    LogLevel: defaulting(sql`coalesce(log_level, 'INFO')`),
    'IntegrationArtifact/Id': column('artifact_id'),
    'IntegrationArtifact/Name': column('artifact_name'),
    'IntegrationArtifact/Type': constant('INTEGRATION_FLOW'),
    'IntegrationArtifact/PackageId': column('package_id'),
  },
}

/** Then another index is the better one, or the status is no longer a sort key to the database, which loses its way by that. */
function isOfOneStatus(filter: FilterExpression | undefined): boolean {
  let rest = filter
  for (; rest?.kind === 'and'; rest = rest.left) if (comparesStatus(rest.right)) return true
  return rest !== undefined && comparesStatus(rest)
}

function comparesStatus(filter: FilterExpression): boolean {
  if (filter.kind !== 'compare' || filter.operator !== 'eq') return false
  return [filter.left, filter.right].some(side => side.kind === 'property' && side.path === 'Status')
}

/**
 * A page of logs. Those that ended at the same time are sorted by what the indexes hold, in the same direction, so that a page far
 * back is found in the index alone.
 */
export function logPage<Tables extends 'message_logs', Row>(
  query: SelectQueryBuilder<Schema, Tables, Row>,
  list: ListQuery,
): SelectQueryBuilder<Schema, Tables, Row> {
  const given = list.orderBy?.length ? list.orderBy : newestFirst
  const [only] = given
  const descending = given.at(-1)?.descending === true
  const orderBy =
    given.length === 1 && only?.property === 'LogEnd' && !isOfOneStatus(list.filter)
      ? ['LogEnd', 'LogStart', 'Status'].map(property => ({ property, descending }))
      : given
  const key = descending ? sql`key desc` : sql`key`
  return page(query, { ...list, orderBy }, { ...messageLogListing, key })
}

/** Comparisons and what combines them, in one query; databases bound how deep a condition is. */
const customHeaderTermsMax = 200

/**
 * Logs by their custom headers: `'name' eq 'value'`, combined with `and`, `or` and `not`. Throws `ODataError`
 * (`malformed-filter`) for anything else, and for too many.
 */
export function customHeaderCondition(filter: FilterExpression): RawBuilder<SqlBool> {
  let count = 0
  const condition = (term: FilterExpression): RawBuilder<SqlBool> => {
    count += 1
    if (count > customHeaderTermsMax) {
      throw new ODataError('malformed-filter', 'Expected fewer custom headers in one query: there are too many')
    }
    switch (term.kind) {
      case 'and':
        return sql`(${condition(term.left)} and ${condition(term.right)})`
      case 'or':
        return sql`(${condition(term.left)} or ${condition(term.right)})`
      case 'not':
        return sql`not (${condition(term.operand)})`
      default:
        return oneHeader(term)
    }
  }
  return condition(filter)
}

function oneHeader(term: FilterExpression): RawBuilder<SqlBool> {
  if (term.kind === 'compare' && term.operator === 'eq') {
    const { left, right } = term
    const [name, value] = [left.kind === 'literal' && left.value, right.kind === 'literal' && right.value]
    if (typeof name === 'string' && typeof value === 'string') {
      return sql`message_guid in (select message_guid from message_custom_headers where name = ${name} and value = ${value})`
    }
  }
  throw new ODataError('malformed-filter', "Expected custom headers as in 'name' eq 'value', found another comparison")
}
