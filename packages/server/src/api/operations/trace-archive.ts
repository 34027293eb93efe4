import { Problem } from '../../http/problem.ts'
import { writeArchive } from '../../runtime/archive.ts'
import { messageFiles } from '../odata/message-archive.ts'
import { readMonitoring, readPayloads } from '../odata/permissions.ts'
import { tracedSubjects } from '../odata/protected-subjects.ts'
import { type Command, textsIn } from './command.ts'

/** Messages of one archive. */
const messagesMax = 100

/**
 * Messages that were traced (`traceIds`, with commas between them) as a zip in Base64, each in a folder of its ID. Those that are
 * gone are left out.
 */
export const traceArchive: Command = {
  name: 'com.sap.it.op.tmn.commands.dashboard.webui.GetTraceArchiveCommand',
  method: 'GET',
  doc: 'Gives traced messages as a zip in Base64: `traceIds`, with commas between them.',
  roles: [...readMonitoring, ...readPayloads],
  async subjects(parameters, context) {
    const ids = textsIn(parameters, 'traceIds').filter(id => /^\d{1,15}$/.test(id))
    return (await Promise.all(ids.map(id => tracedSubjects(Number(id), context)))).flat()
  },
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
      const { headers, properties, body } = found
      const message = { headers: Object.entries(headers), properties: Object.entries(properties), body }
      for (const [name, content] of messageFiles(message)) files.set(`${id}/${name}`, content)
    }
    if (files.size === 0) {
      throw new Problem(404, 'no-trace', 'Expected a message that was traced not long ago, found none.')
    }
    return { payload: Buffer.from(await writeArchive(files)).toString('base64') }
  },
}
