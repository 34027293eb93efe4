import { containers } from '@sluice/iflow'
import { page } from './markdown.ts'
import { propertyTable } from './properties.ts'

export function flowsPage(): string {
  return page(
    'Flows, processes and routes',
    'packages/iflow/src/compile',
    'What a flow consists of besides [steps](steps.md) and [channels](adapters.md), and what can be set there.',
    ...Object.values(containers).map(({ label, doc, props }) =>
      [`## ${label}`, doc, propertyTable(props)].join('\n\n'),
    ),
  )
}
