import manifest from '../../../package.json' with { type: 'json' }
import type { Command } from './command.ts'
import { CommandError, UsageError } from './errors.ts'
import { commandHelp, globalHelp } from './help.ts'
import { findCommand, parseLine } from './parse.ts'
import type { Terminal } from './terminal.ts'

/**
 * Runs one command line (without the program's name) and resolves with its exit code: 0 done, 1 the operation failed,
 * 2 the line cannot be understood. Errors are printed, as JSON when the line has `--json`; a bug is thrown on.
 */
export async function runLine(
  commands: readonly Command[],
  line: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    return await dispatch(commands, line, terminal)
  } catch (error) {
    if (terminal.interrupted.aborted) return 130
    if (!(error instanceof CommandError || error instanceof UsageError)) throw error
    const isJson = line.includes('--json')
    terminal.err(isJson ? `${JSON.stringify({ error: error.message })}\n` : `sluice: ${error.message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

async function dispatch(commands: readonly Command[], line: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = line
  if (first === '--version') {
    terminal.out(`${manifest.version}\n`)
    return 0
  }
  if (first === undefined || first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) {
    terminal.out(globalHelp(commands))
    return first === undefined ? 2 : 0
  }
  const [command, words] = first === 'help' ? [findCommand(commands, rest)[0], ['--help']] : findCommand(commands, line)
  const { given, options, help } = parseLine(command, words, terminal.env)
  if (help) {
    terminal.out(commandHelp(command))
    return 0
  }
  return command.run(given as never, options as never, terminal, commands)
}
