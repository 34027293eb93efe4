import { readFile } from 'node:fs/promises'
import { CommandError, UsageError } from './errors.ts'
import type { Terminal } from './terminal.ts'

/** The bytes that an option names: `@file`, `@-` for standard input, else the text itself. */
export async function readInput(text: string, terminal: Terminal): Promise<Uint8Array> {
  if (text === '@-') return terminal.input()
  if (!text.startsWith('@')) return Buffer.from(text)
  try {
    return await readFile(text.slice(1))
  } catch (cause) {
    throw new CommandError(`Expected a readable file, found: ${(cause as Error).message}`, { cause })
  }
}

/** Splits each `name=value` (or `name: value` for headers as curl writes them). Throws `UsageError`. */
export function readPairs(option: string, texts: readonly string[]): [name: string, value: string][] {
  return texts.map(text => {
    const match = /^([^=:\s][^=:]*?)\s*(?:=|:\s*)(.*)$/s.exec(text)
    if (match) return [match[1] ?? '', match[2] ?? '']
    throw new UsageError(`Expected --${option} as name=value, found "${text}"`)
  })
}
