import type { Components } from '../api/components.ts'
import type { ContainerKind } from './element-templates.ts'

/** Something to put into a flow. */
export interface PaletteItem {
  readonly key: string
  readonly group: PaletteGroup
  /** Of the registry; containers are called by their kind, in the person's language. */
  readonly label?: string
  readonly doc?: string
  /** As `iconOf` knows it. */
  readonly variant: string
  readonly makes: { readonly step: string } | { readonly container: ContainerKind }
}

/** In the order of the palette. */
export const paletteGroups = [
  'Participants',
  'Process',
  'Events',
  'Mapping',
  'Transformation',
  'Call',
  'Routing',
  'Security',
  'Persistence',
  'Validation',
  'Other',
] as const

export type PaletteGroup = (typeof paletteGroups)[number]

const containerItems: readonly PaletteItem[] = [
  item('sender', 'Participants', 'EndpointSender'),
  item('receiver', 'Participants', 'EndpointRecevier'),
  item('process', 'Process', 'IntegrationProcess'),
  item('localProcess', 'Process', 'LocalIntegrationProcess'),
  item('exceptionSubprocess', 'Process', 'ErrorEventSubProcessTemplate'),
]

function item(kind: ContainerKind, group: PaletteGroup, variant: string): PaletteItem {
  return { key: kind, group, variant, makes: { container: kind } }
}

/** Everything that can be put into a flow. The start of an exception subprocess comes with it. */
export function paletteItems({ steps }: Components): readonly PaletteItem[] {
  const items = steps
    .filter(({ type }) => type !== 'ErrorStartEvent')
    .map(({ type, label, doc, group }): PaletteItem => {
      const known = paletteGroups.find(name => name === group)
      return { key: type, group: known ?? 'Other', label, doc, variant: type, makes: { step: type } }
    })
  return [...containerItems, ...items.toSorted((one, other) => (one.label ?? '').localeCompare(other.label ?? ''))]
}

/** Whether an item is looked for: every word is somewhere in its label or type. */
export function matchesSearch(item: PaletteItem, label: string, search: string): boolean {
  const text = `${label} ${item.key}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}
