import { pipeline } from 'node:stream'
import { createGzip } from 'node:zlib'
import { type EntityRow, queryRows } from '@sluice/odata'
import type { LogFile } from '../../http/log-files.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { readLogFiles } from './permissions.ts'

/** Log files of the server; a download is compressed by gzip. Those there are have `LogFileType` `http`. */
export const logFiles: EntitySetApi = {
  clients: ['contiva', 'documentation', 'odata-mcp-proxy'],
  set: {
    name: 'LogFiles',
    type: {
      name: 'LogFile',
      key: ['Name', 'Application'],
      hasStream: true,
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        Application: { type: 'Edm.String', nullable: false },
        LastModified: { type: 'Edm.DateTimeOffset' },
        ContentType: { type: 'Edm.String' },
        LogFileType: { type: 'Edm.String' },
        NodeScope: { type: 'Edm.String' },
        Size: { type: 'Edm.Int64' },
      },
    },
  },
  roles: readLogFiles,
  list: async (query, context) => queryRows(await fileRows(context), query),
  count: async (query, context) => queryRows(await fileRows(context), query).length,
  find: async (key, context) =>
    (await fileRows(context)).find(row => row.Name === key.Name && row.Application === key.Application),
  async media(row, { logFiles }) {
    const file = (await logFiles.list()).find(({ name }) => name === row.Name)
    if (!file) return undefined
    // What fails while the answer is under way ends the connection.
    const body = pipeline(logFiles.read(file), createGzip(), () => {})
    return { contentType: 'application/gzip', body, fileName: `${textOf(row, 'Name')}.gz` }
  },
}

async function fileRows({ logFiles }: ODataContext): Promise<EntityRow[]> {
  return (await logFiles.list()).map(file => fileRow(file, logFiles.application))
}

function fileRow({ name, size, modifiedAt }: LogFile, application: string): EntityRow {
  return {
    Name: name,
    Application: application,
    LastModified: modifiedAt,
    ContentType: 'application/gzip',
    LogFileType: 'http',
    NodeScope: 'worker',
    Size: BigInt(size),
  }
}
