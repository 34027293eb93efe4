import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { type AccessLogPlace, readAccessLogTail } from '../../http/access-log-tail.ts'
import { roleGuard } from '../../http/role-guard.ts'
import { readLogFiles } from '../odata/permissions.ts'
import type { MonitoringApiOptions } from './options.ts'
import * as schemas from './schemas.ts'

/** `/access-log`: the newest lines of the HTTP access log, filtered. The whole files are the OData API's `LogFiles`. */
export function registerAccessLogRoutes(api: FastifyInstance, options: MonitoringApiOptions): void {
  api.get<{ Querystring: FromSchema<typeof schemas.accessLogQuery> }>(
    '/access-log',
    {
      ...roleGuard(options, readLogFiles),
      schema: {
        tags: ['Monitoring'],
        summary: 'List the newest lines of the HTTP access log',
        querystring: schemas.accessLogQuery,
        response: { 200: schemas.accessLogReply },
      },
    },
    async ({ query: { limit, before, ...query } }) => {
      const { lines, older } = await readAccessLogTail(options.logFiles, query, limit, placeIn(before))
      return { lines, ...(older && { older: `${older.file}:${older.offset}` }) }
    },
  )
}

function placeIn(text: string | undefined): AccessLogPlace | undefined {
  if (text === undefined) return undefined
  const colon = text.lastIndexOf(':')
  return { file: text.slice(0, colon), offset: Number(text.slice(colon + 1)) }
}
