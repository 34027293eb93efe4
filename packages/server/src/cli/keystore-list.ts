import { defineCommand } from './line/command.ts'
import { table } from './line/table.ts'
import { isoTime, Server, serverOptions } from './remote/server.ts'

const dayMs = 86_400_000
/** From when on an end is near. */
const nearDays = 30

export const keystoreList = defineCommand({
  name: 'keystore list',
  summary: 'List key pairs and trusted certificates.',
  description:
    'Lists the entries of the keystore with the subject and the last day of their certificates. Says so when one has expired, or will within 30 days.',
  arguments: {},
  options: serverOptions,
  examples: [{ line: 'sluice keystore list', doc: 'All entries.' }],
  async run(_given, options, terminal) {
    const found = await new Server(options, terminal).entities<Entry>('KeystoreEntries')
    const now = Date.now()
    const entries = found.map(entry => {
      const validUntil = isoTime(entry.ValidNotAfter)
      return {
        alias: entry.Alias,
        kind: entry.Type === 'Key Pair' ? 'key pair' : 'certificate',
        subject: entry.SubjectDN,
        validUntil,
        state: stateOf(Date.parse(validUntil), now),
      }
    })
    if (options.json) terminal.out(`${JSON.stringify({ entries })}\n`)
    else if (entries.length === 0) {
      terminal.err('The keystore is empty; "sluice keystore import" and "sluice keystore generate" fill it.\n')
    } else {
      const rows = entries.map(({ alias, kind, subject, validUntil, state }) => {
        return [alias, kind, subject, validUntil.slice(0, 10), state]
      })
      terminal.out(table(['ALIAS', 'KIND', 'SUBJECT', 'VALID UNTIL', 'STATE'], rows))
    }
    return 0
  },
})

interface Entry {
  readonly Alias: string
  readonly Type: string
  readonly SubjectDN: string
  readonly ValidNotAfter: string
}

function stateOf(until: number, now: number): string {
  const days = Math.floor((until - now) / dayMs)
  if (until < now) return 'EXPIRED'
  if (days > nearDays) return 'valid'
  return `EXPIRES in ${days} ${days === 1 ? 'day' : 'days'}`
}
