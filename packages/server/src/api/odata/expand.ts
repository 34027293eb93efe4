import { type Entity, type EntityRow, type EntitySet, ODataError, type Selection, type Step } from '@sluice/odata'
import { turns } from '../../http/give-way.ts'
import { guardNavigation, navigationApiOf, type ResolvedCall, setApiOf } from './call.ts'
import { pageSize } from './source.ts'

/** Entities that `$expand` brings along in one answer. */
const expandedMax = 100_000

interface Expansion {
  readonly call: ResolvedCall
  readonly giveWay: () => Promise<void>
  count: number
}

/**
 * Rows of a set as entities, each with the related entities that are asked for. Throws `ODataError` when these are more
 * than an answer can have, or the caller may not read them.
 */
export function expandAll(
  call: ResolvedCall,
  set: EntitySet,
  rows: readonly EntityRow[],
  selection: Selection,
): Promise<Entity[]> {
  return entitiesOf({ call, giveWay: turns(), count: 0 }, set, rows, selection)
}

async function entitiesOf(
  expansion: Expansion,
  set: EntitySet,
  rows: readonly EntityRow[],
  selection: Selection,
): Promise<Entity[]> {
  const entities: Entity[] = []
  for (const row of rows) {
    const expanded: Record<string, readonly Entity[] | Entity | null> = {}
    for (const [name, inner] of selection.expanded) expanded[name] = await related(expansion, set, row, name, inner)
    entities.push({ row, expanded })
  }
  return entities
}

async function related(
  expansion: Expansion,
  set: EntitySet,
  row: EntityRow,
  name: string,
  selection: Selection,
): Promise<readonly Entity[] | Entity | null> {
  const { call } = expansion
  const declared = set.type.navigations?.[name]
  if (!declared) throw new Error(`Expected "${name}" to be a navigation property of "${set.name}"`)
  const from: Step = { set, key: undefined, navigation: undefined }
  const to: Step = { set: call.api.model.targetOf(declared), key: undefined, navigation: { name, ...declared } }
  await call.authorize(setApiOf(call, to).roles)
  await guardNavigation(call, from, row)
  await expansion.giveWay()
  const navigation = navigationApiOf(call, from, to)
  const isOne = 'get' in navigation
  const found = isOne
    ? [await navigation.get(row, call.context)].filter(one => one !== undefined)
    : await navigation.list(row, { top: pageSize }, call.context)
  expansion.count += found.length
  if (expansion.count > expandedMax) {
    throw new ODataError(
      'malformed-option',
      `Expected at most ${expandedMax} entities from $expand: ask for fewer with $top or $filter`,
    )
  }
  const entities = await entitiesOf(expansion, to.set, found, selection)
  return isOne ? (entities[0] ?? null) : entities
}
