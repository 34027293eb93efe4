import { type EntityRow, ODataError, queryRows } from '@sluice/odata'
import { writeArchiveOf } from '../../runtime/archive.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { readLogFiles } from './permissions.ts'

const archiveRows: readonly EntityRow[] = ['all', 'latest'].map(Scope => ({
  Scope,
  LogFileType: 'http',
  NodeScope: 'worker',
  ContentType: 'application/zip',
}))

/** All log files, or the latest, as a zip; with `modifiedAfter=2017-03-25T13:54:51Z` those written to since. */
export const logFileArchives: EntitySetApi = {
  clients: ['contiva', 'documentation', 'odata-mcp-proxy'],
  options: ['modifiedAfter'],
  set: {
    name: 'LogFileArchives',
    type: {
      name: 'LogFileArchive',
      key: ['Scope', 'LogFileType', 'NodeScope'],
      hasStream: true,
      properties: {
        Scope: { type: 'Edm.String', nullable: false },
        LogFileType: { type: 'Edm.String', nullable: false },
        NodeScope: { type: 'Edm.String', nullable: false },
        ContentType: { type: 'Edm.String' },
      },
    },
  },
  roles: readLogFiles,
  list: async query => queryRows(archiveRows, query),
  count: async query => queryRows(archiveRows, query).length,
  find: async key =>
    archiveRows.find(
      row => row.Scope === key.Scope && row.LogFileType === key.LogFileType && row.NodeScope === key.NodeScope,
    ),
  async media(row, context) {
    const after = modifiedAfter(context)
    const files = (await context.logFiles.list()).filter(({ modifiedAt }) => modifiedAt > after)
    const chosen = row.Scope === 'latest' ? files.slice(-1) : files
    const body = writeArchiveOf(chosen.map(file => ({ path: file.name, read: () => context.logFiles.read(file) })))
    return { contentType: 'application/zip', body, fileName: `${textOf(row, 'Scope')}-http-worker.zip` }
  },
}

/** Milliseconds since 1970. The original's documentation writes the option in two ways. */
function modifiedAfter({ options }: ODataContext): number {
  const text = options.get('modifiedAfter') ?? options.get('ModifiedAfter')
  if (text === undefined) return Number.NEGATIVE_INFINITY
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  const expected = 'Expected "modifiedAfter" to be a time such as 2017-03-25T13:54:51Z'
  throw new ODataError('malformed-option', `${expected}, found "${text.slice(0, 50)}"`)
}
