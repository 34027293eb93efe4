import { adapters } from '@sluice/adapters'
import type { Adapter } from '@sluice/iflow'
import { code, page, table } from './markdown.ts'
import { propertyTable } from './properties.ts'

export function adaptersPage(): string {
  const overview = adapters.map(({ label, type, sender, receiver }) => [
    label,
    code(type),
    sender ? 'yes' : '',
    receiver ? 'yes' : '',
  ])
  return page(
    'Adapters',
    'packages/adapters/src',
    'Every adapter that runs. `sluice check` reports any other as `unsupported-adapter`. The examples are compiled by the tests.',
    table(['adapter', 'type', 'sender', 'receiver'], overview),
    ...adapters.map(section),
  )
}

function section(adapter: Adapter): string {
  const sides = (['sender', 'receiver'] as const).flatMap(side => {
    const declared = adapter[side]
    if (!declared) return []
    const examples = adapter.examples
      .filter(example => example.direction.toLowerCase() === side)
      .map(({ title, properties }) => {
        const rows = Object.entries(properties).map(([key, value]) => [code(key), code(value)])
        return `*${title}*\n\n${table(['property', 'value'], rows)}`
      })
    const { from, to } = declared.versions
    return [
      `### ${adapter.label} ${side}`,
      declared.doc,
      `Component versions ${from} – ${to}.`,
      propertyTable(declared.props),
      ...examples,
    ]
  })
  return [`## ${adapter.label}`, adapter.doc, ...sides].join('\n\n')
}
