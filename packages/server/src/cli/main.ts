import { runLine } from './line/run-line.ts'
import { processTerminal } from './line/terminal.ts'

const line = process.argv.slice(2)
// The command that people wait for, and that keeps what it has loaded: it does without the other forty.
const isServe = line[0] === 'serve' && !line.includes('--help') && !line.includes('-h')
const commands = isServe ? [(await import('./serve.ts')).serve] : (await import('./index.ts')).commands
process.exitCode = await runLine(commands, line, processTerminal())
