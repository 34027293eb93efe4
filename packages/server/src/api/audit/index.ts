import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import type { PlatformScope } from '../../http/access.ts'
import { limitedAccess } from '../../http/call-limit.ts'
import { platformGuard } from '../../http/route-description.ts'
import type { AuditFilter, AuditPlace, AuditRows } from '../../store/store.ts'
import type { AuditApiOptions } from './options.ts'
import { registerOriginalAuditApi } from './original-api.ts'
import { describe, filterOf, placeIn, placeText, search } from './records.ts'
import * as schemas from './schemas.ts'

const tags = ['Audit log']

/** Records that an export reads at a time. */
const exportPage = 500

/**
 * The audit log to read: `/api/audit/v1` (ours), and the original's retrieval API. Callers need the platform scope
 * `readAuditLogs` or `manageAuditLogs`. Nothing here, and nothing anywhere else, changes a record.
 */
export function registerAuditApi(app: FastifyInstance, options: AuditApiOptions): void {
  const { audit, rows } = options
  const enter = limitedAccess(options)
  const admit = async (request: FastifyRequest, scopes: readonly PlatformScope[]) => {
    await enter(request, scopes)
  }
  const guard = platformGuard(admit, 'readAuditLogs', 'manageAuditLogs')
  app.register(
    async api => {
      api.get<{ Querystring: FromSchema<typeof schemas.recordsQuery> }>(
        '/records',
        {
          ...guard,
          schema: {
            tags,
            summary: 'Search the audit log',
            querystring: schemas.recordsQuery,
            response: { 200: schemas.recordsReply },
          },
        },
        async ({ query: { limit, before, ...filters } }) => {
          await audit.flush()
          const { records, next } = await search(rows, filterOf(filters), limit, placeIn(before))
          return { records: records.map(describe), ...(next && { older: placeText(next) }) }
        },
      )

      api.get<{ Querystring: FromSchema<typeof schemas.exportQuery> }>(
        '/export',
        {
          ...guard,
          schema: {
            tags,
            summary: 'Export the audit log as JSON lines',
            querystring: schemas.exportQuery,
            response: { 200: schemas.exportReply },
          },
        },
        async ({ query }, reply) => {
          const filter = filterOf(query)
          await audit.flush()
          return reply
            .type('application/x-ndjson')
            .header('content-disposition', 'attachment; filename="audit-log.jsonl"')
            .send(Readable.from(lines(rows, filter)))
        },
      )
    },
    { prefix: '/api/audit/v1' },
  )
  registerOriginalAuditApi(app, options, admit)
}

/** Page by page, as fast as they are taken. */
async function* lines(rows: AuditRows, filter: AuditFilter): AsyncGenerator<string> {
  let before: AuditPlace | undefined
  do {
    const { records, next } = await search(rows, filter, exportPage, before)
    if (records.length > 0) yield records.map(record => `${JSON.stringify(describe(record))}\n`).join('')
    before = next
  } while (before)
}
