import { commands } from './index.ts'
import { runLine } from './line/run-line.ts'
import { processTerminal } from './line/terminal.ts'

process.exitCode = await runLine(commands, process.argv.slice(2), processTerminal())
