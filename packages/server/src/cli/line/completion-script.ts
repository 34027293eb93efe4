import type { Command } from './command.ts'
import { UsageError } from './errors.ts'

/** A completion script for `bash`, `zsh` or `fish`, generated from the commands. Throws `UsageError` for another shell. */
export function completionScript(commands: readonly Command[], shell: string): string {
  if (shell === 'bash') return bashScript(commands)
  if (shell === 'zsh') return `#compdef sluice\nautoload -U +X bashcompinit && bashcompinit\n${bashScript(commands)}`
  if (shell === 'fish') return fishScript(commands)
  throw new UsageError(`Expected bash, zsh or fish, found "${shell}"`)
}

/** What may follow each word: the commands of a group, or the options of a command. */
function nextWords(commands: readonly Command[]): Map<string, string[]> {
  const next = new Map<string, string[]>([['', []]])
  for (const command of commands) {
    const [first = '', second] = command.name.split(' ')
    if (!next.has(first)) next.get('')?.push(first)
    if (second !== undefined) next.set(first, [...(next.get(first) ?? []), second])
    next.set(command.name, optionWords(command))
  }
  return next
}

function optionWords(command: Command): string[] {
  return [...Object.keys(command.options).map(name => `--${name}`), '--help']
}

function bashScript(commands: readonly Command[]): string {
  const cases = [...nextWords(commands)].map(([words, next]) => `    '${words}') words='${next.join(' ')}' ;;`)
  return `_sluice() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command='' words='' index
  for ((index = 1; index < COMP_CWORD && index < 3; index++)); do
    [[ "\${COMP_WORDS[index]}" == -* ]] && break
    case "\${command:+$command }\${COMP_WORDS[index]}" in
      ${[...nextWords(commands).keys()]
        .filter(words => words !== '')
        .map(words => `'${words}'`)
        .join(' | ')})
        command="\${command:+$command }\${COMP_WORDS[index]}" ;;
    esac
  done
  case "$command" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _sluice sluice
`
}

function fishScript(commands: readonly Command[]): string {
  const lines = commands.flatMap(command => {
    const [first = '', second] = command.name.split(' ')
    const inGroup = `__fish_seen_subcommand_from ${first}`
    const inCommand = second === undefined ? inGroup : `${inGroup}; and __fish_seen_subcommand_from ${second}`
    const start =
      second === undefined
        ? [`complete -c sluice -n __fish_use_subcommand -a ${first} -d ${quote(command.summary)}`]
        : [
            `complete -c sluice -n __fish_use_subcommand -a ${first}`,
            `complete -c sluice -n ${quote(`${inGroup}; and not __fish_seen_subcommand_from ${siblings(commands, first)}`)} -a ${second} -d ${quote(command.summary)}`,
          ]
    const options = Object.entries(command.options).map(([name, { doc, value, short }]) =>
      [
        `complete -c sluice -n ${quote(inCommand)} -l ${name}`,
        ...(short === undefined ? [] : [`-s ${short}`]),
        ...(value === undefined ? [] : ['-r']),
        `-d ${quote(doc)}`,
      ].join(' '),
    )
    return [...start, ...options]
  })
  return `${[...new Set(lines)].join('\n')}\n`
}

function siblings(commands: readonly Command[], group: string): string {
  return commands
    .filter(({ name }) => name.startsWith(`${group} `))
    .map(({ name }) => name.slice(group.length + 1))
    .join(' ')
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
