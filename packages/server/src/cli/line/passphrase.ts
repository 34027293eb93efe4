import { UsageError } from './errors.ts'
import { readInput } from './input.ts'
import type { Terminal } from './terminal.ts'

/**
 * What opens a file, from `--passphrase @file` or `@-`, or asked for where it is needed. Never an argument itself: others on the
 * machine can read those. Throws `UsageError`.
 */
export async function passphraseOf(source: string | undefined, isNeeded: boolean, terminal: Terminal): Promise<string> {
  if (source === undefined) return isNeeded && terminal.interactive ? terminal.secret('Passphrase: ') : ''
  if (!source.startsWith('@')) {
    throw new UsageError('Expected --passphrase @file or --passphrase @-, found the passphrase itself')
  }
  const text = Buffer.from(await readInput(source, terminal)).toString('utf8')
  return text.replace(/\r?\n$/, '')
}
