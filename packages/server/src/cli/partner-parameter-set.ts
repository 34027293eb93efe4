import { defineCommand } from './line/command.ts'
import { readInput } from './line/input.ts'
import { odataKey, Server, serverOptions } from './remote/server.ts'

export const partnerParameterSet = defineCommand({
  name: 'partner-parameter set',
  summary: 'Set a parameter of a partner.',
  description:
    'Creates or changes a parameter in the partner directory, where scripts and mappings look it up by partner and ID. With --binary it is a content, such as a mapping or a schema, else a text. It is not encrypted: secrets belong into "sluice credential create".',
  arguments: {
    partner: { doc: 'The ID of the partner.' },
    id: { doc: 'The ID of the parameter.' },
    value: { doc: 'The value: @file, @- for standard input, or the text itself.' },
  },
  options: {
    ...serverOptions,
    binary: {
      value: 'type',
      doc: 'A binary parameter of this content type: xsl, xsd, xml, json, txt, zip, gz, zlib or crt.',
    },
  },
  examples: [
    { line: 'sluice partner-parameter set ACME Standard X12', doc: 'A text.' },
    { line: 'sluice partner-parameter set ACME Mapping @orders.xsl --binary xsl', doc: 'A mapping.' },
  ],
  async run({ partner, id, value }, options, terminal) {
    const bytes = Buffer.from(await readInput(value, terminal))
    const set = options.binary === undefined ? 'StringParameters' : 'BinaryParameters'
    const content =
      options.binary === undefined
        ? { Value: bytes.toString('utf8') }
        : { ContentType: options.binary, Value: bytes.toString('base64') }
    const server = new Server(options, terminal)
    const key = `/api/v1/${set}(Pid=${odataKey(partner)},Id=${odataKey(id)})`
    const { status } = await server.request('PUT', key, { json: content, accepted: [404] })
    if (status === 404) await server.request('POST', `/api/v1/${set}`, { json: { Pid: partner, Id: id, ...content } })
    terminal.out(options.json ? `${JSON.stringify({ set: id, partner })}\n` : `Set ${id} of ${partner}.\n`)
    return 0
  },
})
