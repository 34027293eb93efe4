import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { ArgumentDeclarations, Command, OptionDeclaration } from './command.ts'
import { UsageError } from './errors.ts'

/** Values by the names that the command declares. */
export interface ParsedLine {
  readonly given: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly options: Readonly<Record<string, string | readonly string[] | boolean | undefined>>
  /** `--help` was among the options: nothing else was checked. */
  readonly help: boolean
}

/**
 * The command whose words the line starts with, and what follows them.
 * Throws `UsageError` that names the closest command.
 */
export function findCommand(commands: readonly Command[], line: readonly string[]): [Command, readonly string[]] {
  for (const words of [2, 1]) {
    const name = line.slice(0, words).join(' ')
    const command = line.length >= words ? commands.find(candidate => candidate.name === name) : undefined
    if (command) return [command, line.slice(words)]
  }
  const [first = '', second] = line
  const group = commands.filter(candidate => candidate.name.startsWith(`${first} `)).map(candidate => candidate.name)
  if (group.length > 0) {
    throw new UsageError(
      `Expected one of ${group.map(name => `"sluice ${name}"`).join(', ')}, found "sluice ${line.slice(0, 2).join(' ')}"`,
    )
  }
  const close = closest(first, [...new Set(commands.flatMap(({ name }) => [name, name.split(' ')[0] ?? name]))])
  const advice = close ? `did you mean "sluice ${close}"?` : 'see "sluice --help"'
  throw new UsageError(`Expected a command, found "${first}"${second === undefined ? '' : ' …'}; ${advice}`)
}

/** Reads a command's arguments and options; options that are not given come from `env`, then from their default. */
export function parseLine(
  command: Command,
  line: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ParsedLine {
  const { values, positionals } = parseWords(command, line)
  if (values.help === true) return { given: {}, options: {}, help: true }
  const options: Record<string, string | readonly string[] | boolean | undefined> = {}
  for (const [name, declaration] of Object.entries(command.options)) {
    options[name] = optionValue(name, declaration, values[name], env)
  }
  return { given: argumentValues(command, positionals), options, help: false }
}

type Given = string | boolean | (string | boolean)[] | undefined

function parseWords(
  command: Command,
  line: readonly string[],
): { values: Record<string, Given>; positionals: string[] } {
  const config: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } }
  for (const [name, { value, short, repeatable }] of Object.entries(command.options)) {
    config[name] = {
      type: value === undefined ? 'boolean' : 'string',
      multiple: repeatable === true,
      ...(short === undefined ? {} : { short }),
    }
  }
  try {
    return parseArgs({ args: [...line], options: config, allowPositionals: true, strict: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UsageError(`${advise(error.message, command)}; see "sluice ${command.name} --help"`)
  }
}

/** Node's message about an unknown option, with the option that was probably meant. */
function advise(message: string, command: Command): string {
  const unknown = /^Unknown option '--?([^']+)'/.exec(message)?.[1]
  if (unknown === undefined) return message.split('\n')[0] ?? message
  const close = closest(unknown, [...Object.keys(command.options), 'help'])
  return `Expected an option of "sluice ${command.name}", found "--${unknown}"${close ? `; did you mean "--${close}"?` : ''}`
}

function optionValue(
  name: string,
  declaration: OptionDeclaration,
  given: Given,
  env: Readonly<Record<string, string | undefined>>,
): string | readonly string[] | boolean | undefined {
  if (declaration.value === undefined) return given === true
  if (declaration.repeatable) return Array.isArray(given) ? given.map(String) : []
  const fromEnv = declaration.env === undefined ? undefined : env[declaration.env]
  const value = typeof given === 'string' ? given : fromEnv || declaration.default
  if (value !== undefined && declaration.choices && !declaration.choices.includes(value)) {
    throw new UsageError(`Expected --${name} to be one of ${declaration.choices.join(', ')}, found "${value}"`)
  }
  return value
}

function argumentValues(command: Command, words: readonly string[]): ParsedLine['given'] {
  const declarations: ArgumentDeclarations = command.arguments
  const values: Record<string, string | readonly string[] | undefined> = {}
  let next = 0
  for (const [name, declaration] of Object.entries(declarations)) {
    if (!declaration.optional && words[next] === undefined) {
      throw new UsageError(`Expected <${name}>, found nothing; usage: ${usage(command)}`)
    }
    values[name] = declaration.repeatable ? words.slice(next) : words[next]
    next = declaration.repeatable ? words.length : next + 1
  }
  if (words.length > next) {
    throw new UsageError(`Expected nothing after the arguments, found "${words[next]}"; usage: ${usage(command)}`)
  }
  return values
}

/** The command line in one line: `sluice check [options] <path>…`. */
export function usage(command: Command): string {
  const words = Object.entries(command.arguments).map(([name, { optional, repeatable }]) => {
    const word = `<${name}>${repeatable ? '…' : ''}`
    return optional ? `[${word}]` : word
  })
  const options = Object.keys(command.options).length > 0 ? ['[options]'] : []
  return ['sluice', command.name, ...options, ...words].join(' ')
}

/** The candidate with the fewest edits, when at most a third of its letters differ. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map(candidate => ({ candidate, distance: edits(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance)
  return ranked[0]?.candidate
}

/** Levenshtein distance. */
function edits(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced))
    }
    previous = row
  }
  return previous[b.length] ?? 0
}
