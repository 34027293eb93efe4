import { commands, optionRows, usage } from '@sluice/server/reference'
import { block, code, page, table } from './markdown.ts'

export function commandsPage(): string {
  const sections = commands.map(command => {
    const given = Object.entries(command.arguments).map(([name, { doc }]) => [code(`<${name}>`), doc])
    const options = command.name === 'serve' ? [] : optionRows(command).map(([option, doc]) => [code(option), doc])
    return [
      `## sluice ${command.name}`,
      command.description,
      block('sh', usage(command)),
      table(['argument', 'meaning'], given),
      table(['option', 'meaning'], options),
      command.name === 'serve' ? 'Its options are the [settings](settings.md), and `--json`.' : '',
      block('sh', command.examples.map(({ line, doc }) => `# ${doc}\n${line}`).join('\n')),
    ]
      .filter(Boolean)
      .join('\n\n')
  })
  return page(
    'Commands',
    'packages/server/src/cli',
    'In a checkout, `npx sluice <command>`. Exit codes: 0 done, 1 the operation failed, 2 the command line is wrong.',
    ...sections,
  )
}
