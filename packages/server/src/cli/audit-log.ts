import { defineCommand } from './line/command.ts'
import { table } from './line/table.ts'
import { Server, serverOptions } from './remote/server.ts'

interface Audited {
  readonly time: string
  readonly object: string
  readonly action: string
  readonly outcome: string
  readonly ids?: readonly string[]
  readonly user?: string
  readonly clientId?: string
  readonly address?: string
  readonly reason?: string
  readonly changes?: readonly string[]
  readonly count?: number
}

const root = '/api/audit/v1'

const filters = {
  from: { value: 'time', doc: 'From this time on, ISO 8601.' },
  to: { value: 'time', doc: 'Before this time.' },
  category: { value: 'name', doc: 'One of audit.security-events, audit.configuration and audit.data-modification.' },
  object: { value: 'name', doc: 'What it is about, such as client or access-token.' },
  action: { value: 'name', doc: 'What was done, such as create or sign-in.' },
  actor: { value: 'name', doc: 'The user who did it.' },
  client: { value: 'id', doc: 'The client that did it, or by way of which it was done.' },
  outcome: { value: 'outcome', doc: 'How it went: success or failure.' },
  text: { value: 'text', doc: 'In an ID, a user, a client, an address or a reason.' },
} as const

export const auditLog = defineCommand({
  name: 'audit-log',
  summary: 'Search the audit log.',
  description:
    'Prints the latest records that pass all filters. With --json all of them, one as JSON a line, the latest first: for archives and for other systems.',
  arguments: {},
  options: {
    ...serverOptions,
    ...filters,
    limit: { value: 'number', default: '50', doc: 'Records at most; --json has no limit.' },
  },
  examples: [
    { line: 'sluice audit-log --outcome failure', doc: 'What was refused lately.' },
    { line: 'sluice audit-log --json --from 2026-11-01T00:00:00Z > audit-log.jsonl', doc: 'Everything since a day.' },
  ],
  async run(_arguments, options, terminal) {
    const server = new Server(options, terminal)
    const { actor, client, from, to, category, object, action, outcome, text, limit } = options
    const asked = { from, to, category, object, action, user: actor, clientId: client, outcome, text }
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value)
    if (options.json) {
      for await (const piece of server.pieces(`${root}/export?${query}`)) terminal.out(piece)
      return 0
    }
    query.set('limit', limit)
    const { records } = await server.json<{ records: Audited[] }>('GET', `${root}/records?${query}`)
    if (records.length === 0) terminal.err('No such records.\n')
    else terminal.out(table(['TIME', 'EVENT', 'OUTCOME', 'BY', 'FROM', 'DETAILS'], records.map(row)))
    return 0
  },
})

function row({ time, object, action, ids = [], outcome, user, clientId, address = '', ...more }: Audited): string[] {
  const { reason, changes = [], count } = more
  const by = [user, clientId].filter(name => name !== undefined).join(' / ')
  const details = [changes.join(', '), reason ?? '', count === undefined ? '' : `${count} times`]
  return [time, [`${object} ${action}`, ...ids].join(' '), outcome, by, address, details.filter(Boolean).join('; ')]
}
