import type { Command } from './command.ts'
import { usage } from './parse.ts'

/** What `sluice --help` prints. */
export function globalHelp(commands: readonly Command[]): string {
  const rows = commands.map(command => [command.name, command.summary] as const)
  return [
    'Sluice: a Cloud Integration tenant on this machine.',
    '',
    'Usage: sluice <command> [options]',
    '',
    'Commands:',
    columns(rows),
    '',
    'Options:',
    columns([
      ['-h, --help', 'Show this, or with a command what it takes.'],
      ['--version', 'Show the version.'],
    ]),
    '',
    'Exit codes: 0 done, 1 the operation failed, 2 the command line is wrong.',
    '',
  ].join('\n')
}

/** What `sluice <command> --help` prints. */
export function commandHelp(command: Command): string {
  const lines = [...wrap(command.description, width), '', `Usage: ${usage(command)}`, '']
  const given = Object.entries(command.arguments).map(([name, { doc }]) => [`<${name}>`, doc] as const)
  if (given.length > 0) lines.push('Arguments:', columns(given), '')
  lines.push('Options:', columns([...optionRows(command), ['-h, --help', 'Show this.']]), '')
  if (command.examples.length > 0) {
    lines.push('Examples:', ...command.examples.flatMap(({ line, doc }) => [`  # ${doc}`, `  ${line}`]), '')
  }
  return lines.join('\n')
}

/** Each option as it is typed, and what it means with its origins. */
export function optionRows(command: Command): (readonly [string, string])[] {
  return Object.entries(command.options).map(([name, option]) => {
    const short = option.short === undefined ? '' : `-${option.short}, `
    const value = option.value === undefined ? '' : ` <${option.choices?.join('|') ?? option.value}>`
    const origins = [
      ...(option.repeatable ? ['repeatable'] : []),
      ...(option.env === undefined ? [] : [`environment: ${option.env}`]),
      ...(!option.default ? [] : [`default: ${option.default}`]),
    ]
    const notes = origins.length === 0 ? '' : ` (${origins.join('; ')})`
    return [`${short}--${name}${value}`, `${option.doc}${notes}`] as const
  })
}

const width = 100

/** Two columns, the second wrapped; a left side that is too long gets a line of its own. */
function columns(rows: readonly (readonly [string, string])[]): string {
  const left = Math.min(30, Math.max(...rows.map(([label]) => label.length))) + 4
  return rows
    .map(([label, text]) => {
      const [first = '', ...rest] = wrap(text, width - left)
      const head = label.length + 4 > left ? `  ${label}\n${' '.repeat(left)}` : `  ${label}`.padEnd(left)
      return [`${head}${first}`, ...rest.map(line => `${' '.repeat(left)}${line}`)].join('\n')
    })
    .join('\n')
}

function wrap(text: string, columnsMax: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columnsMax) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
