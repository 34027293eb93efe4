import { Problem } from '../../http/problem.ts'
import { writeArchive } from '../../runtime/archive.ts'
import { readMonitoring, readPayloads } from '../odata/permissions.ts'
import { type Command, textsIn } from './command.ts'

/** Messages of one archive. */
const messagesMax = 100

/**
 * Messages that were traced (`traceIds`, with commas between them) as a zip in Base64: of each, a file of its headers, one of
 * its exchange properties and one of its body. Those that are gone are left out.
 */
export const traceArchive: Command = {
  name: 'com.sap.it.op.tmn.commands.dashboard.webui.GetTraceArchiveCommand',
  method: 'GET',
  roles: [...readMonitoring, ...readPayloads],
  async run(parameters, { store, now }) {
    const ids = textsIn(parameters, 'traceIds')
    if (ids.length === 0 || ids.length > messagesMax || !ids.every(id => /^\d{1,15}$/.test(id))) {
      const detail = `Expected 1 to ${messagesMax} numbers in "traceIds", found something else.`
      throw new Problem(400, 'malformed-parameter', detail)
    }
    const files = new Map<string, Uint8Array>()
    for (const id of ids) {
      const found = await store.traces.content(Number(id), now)
      if (!found) continue
      files.set(`${id}/headers.properties`, valueLines(found.headers))
      files.set(`${id}/exchange.properties`, valueLines(found.properties))
      files.set(`${id}/body`, found.body)
    }
    if (files.size === 0) {
      throw new Problem(404, 'no-trace', 'Expected a message that was traced not long ago, found none.')
    }
    return { payload: Buffer.from(await writeArchive(files)).toString('base64') }
  },
}

function valueLines(values: Readonly<Record<string, string>>): Uint8Array {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value.replace(/\r?\n/g, '\\n')}\n`)
  return Buffer.from(lines.join(''))
}
