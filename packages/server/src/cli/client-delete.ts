import { defineCommand } from './line/command.ts'
import { Server, serverOptions } from './remote/server.ts'

export const clientDelete = defineCommand({
  name: 'client delete',
  summary: 'Delete an OAuth client and its tokens.',
  description: 'Deletes an OAuth client. Its opaque tokens fail from that moment on; roles of its user stay assigned.',
  arguments: { id: { doc: 'The client ID.' } },
  options: serverOptions,
  examples: [{ line: 'sluice client delete hello', doc: 'Delete the client with ID hello.' }],
  async run({ id }, options, terminal) {
    await new Server(options, terminal).request('DELETE', `/oauth2/api/v1/clients/${encodeURIComponent(id)}`)
    terminal.out(options.json ? `${JSON.stringify({ deleted: id })}\n` : `Deleted client ${id}.\n`)
    return 0
  },
})
