import { type FilterExpression, type FilterOperand, ODataError, parseFilter } from '@sluice/odata'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import type { PlatformScope } from '../../http/access.ts'
import { Problem } from '../../http/problem.ts'
import { platformGuard } from '../../http/route-description.ts'
import type { AuditApiOptions } from './options.ts'
import { auditedApplication, originalRecord } from './original-record.ts'
import { placeIn, placeText } from './records.ts'
import * as schemas from './schemas.ts'

type Query = FromSchema<typeof schemas.originalQuery>

const tags = ['Audit log']

/** Records on a page of the server (documented). */
const pageSize = 1_000

/**
 * `/auditlog/v1`: the original's retrieval API (Audit Log Retrieval API Usage, e4d818d) and how long records are kept
 * (Audit Log Retention API Usage, fb195bf). OData 4.0 as far as it is documented: filters on four properties, `$top`, `$skip`,
 * `$count`, pages of 1,000. The latest records come first.
 */
export function registerOriginalAuditApi(
  app: FastifyInstance,
  options: AuditApiOptions,
  admit: (request: FastifyRequest, scopes: readonly PlatformScope[]) => Promise<void>,
): void {
  const { audit, rows, catalogue, publicUrl } = options
  const { subaccount } = catalogue
  app.get<{ Params: FromSchema<typeof schemas.accountPath>; Querystring: Query }>(
    '/auditlog/v1/accounts/:account/AuditLogRecords',
    {
      ...platformGuard(admit, 'readAuditLogs', 'manageAuditLogs'),
      schema: {
        tags,
        summary: 'List records of the audit log as the original does',
        params: schemas.accountPath,
        querystring: schemas.originalQuery,
        response: { 200: schemas.originalReply },
      },
    },
    async ({ params: { account }, query }) => {
      requireAccount(account, subaccount)
      const filter = query.$filter === undefined ? undefined : filterIn(query.$filter)
      await audit.flush()
      const limit = Math.min(query.$top ?? Number.MAX_SAFE_INTEGER, pageSize)
      const before = placeIn(query.$skiptoken)
      const asked = { filter, application: auditedApplication }
      return wellFiltered(async () => {
        const found = await rows.query({ ...asked, limit: limit + 1, skip: before ? 0 : query.$skip, before })
        const page = found.slice(0, limit)
        const last = found.length > page.length ? page.at(-1) : undefined
        const left = query.$top === undefined ? undefined : query.$top - page.length
        const next = left === 0 ? undefined : last
        return {
          '@odata.context': '$metadata#AuditLogRecords',
          ...(query.$count === 'true' && { '@odata.count': await rows.countQuery(asked) }),
          value: page.map(record => originalRecord(record, subaccount)),
          ...(next && { '@odata.nextLink': nextLink(publicUrl(), account, query, left, placeText(next)) }),
        }
      })
    },
  )

  app.get<{ Params: FromSchema<typeof schemas.accountPath> }>(
    '/auditlog/v1/retention/accounts/:account/AuditLogRetention',
    {
      ...platformGuard(admit, 'manageAuditLogs'),
      schema: {
        tags,
        summary: 'Show how long records of the audit log are kept',
        params: schemas.accountPath,
        response: { 200: schemas.retentionReply },
      },
    },
    async ({ params: { account } }) => {
      requireAccount(account, subaccount)
      return { retention: options.retentionDays }
    },
  )
}

function requireAccount(account: string, subaccount: string): void {
  if (account === subaccount) return
  const detail = `Expected subaccount "${subaccount}", the one of this server, found "${account}".`
  throw new Problem(404, 'unknown-subaccount', detail)
}

function nextLink(url: string, account: string, query: Query, left: number | undefined, place: string): string {
  const parameters = new URLSearchParams({
    ...(query.$filter !== undefined && { $filter: query.$filter }),
    ...(left !== undefined && { $top: String(left) }),
    $skiptoken: place,
  })
  return `${url}/auditlog/v1/accounts/${encodeURIComponent(account)}/AuditLogRecords?${parameters}`
}

function filterIn(text: string): FilterExpression {
  return wellFilteredNow(() => withSeconds(parseFilter(text)))
}

function wellFilteredNow<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw asProblem(error)
  }
}

async function wellFiltered<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw asProblem(error)
  }
}

function asProblem(error: unknown): unknown {
  return error instanceof ODataError ? new Problem(400, 'invalid-filter', `${error.message}.`) : error
}

/** Times as the store compares them: seconds since 1970. */
function withSeconds(filter: FilterExpression): FilterExpression {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, left: withSeconds(filter.left), right: withSeconds(filter.right) }
    case 'not':
      return { ...filter, operand: withSeconds(filter.operand) }
    case 'compare': {
      const { left, right } = filter
      if (isTime(left)) return { ...filter, right: secondsOf(right) }
      return isTime(right) ? { ...filter, left: secondsOf(left) } : filter
    }
    default:
      return filter
  }
}

function isTime(operand: FilterOperand): boolean {
  return operand.kind === 'property' && operand.path === 'Time'
}

/** `yyyy-mm-ddThh.MM.ss`, as documented; colons and fractions are taken, too. */
const momentPattern = /^(\d{4}-\d\d-\d\d)T(\d\d)[.:](\d\d)[.:](\d\d)(?:[.,]\d{1,9})?(?:Z|[+]00:?00)?$/

function secondsOf(operand: FilterOperand): FilterOperand {
  const value = operand.kind === 'literal' ? operand.value : undefined
  const [, day, hour, minute, second] = (typeof value === 'string' && momentPattern.exec(value)) || []
  const ms = Date.parse(`${day}T${hour}:${minute}:${second}Z`)
  if (!Number.isNaN(ms)) return { kind: 'literal', value: BigInt(ms / 1000) }
  throw new ODataError('malformed-filter', `Expected "Time" to be compared with a time such as '2026-01-31T13.05.00'`)
}
