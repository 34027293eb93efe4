import type { EntityRow, Step, Steps } from '@sluice/odata'
import type { ListQuery } from '../../store/store.ts'
import {
  findEntity,
  guardNavigation,
  navigationApiOf,
  type ResolvedCall,
  reachedThroughOthers,
  setApiOf,
} from './call.ts'

/** Entities on one page where a set does not say otherwise, as documented; also the most that `$expand` brings along for one entity. */
export const pageSize = 1_000

/** Rows of a collection. */
export interface Source {
  list(query: ListQuery): Promise<readonly EntityRow[]>
  count(query: Pick<ListQuery, 'filter'>): Promise<number>
}

/** Where the rows of a collection come from: a set, or what a navigation property of an entity leads to. */
export async function sourceOf(call: ResolvedCall, steps: Steps): Promise<Source> {
  const [before, last] = [steps.at(-2), lastOf(steps)]
  const setApi = setApiOf(call, last)
  await call.authorize(setApi.roles)
  if (!before) {
    const { list, count } = setApi
    if (!list || !count) throw reachedThroughOthers(call, setApi)
    return { list: query => list(query, call.context), count: query => count(query, call.context) }
  }
  const parent = await findEntity(call, steps.slice(0, -1))
  await guardNavigation(call, before, parent)
  const navigation = navigationApiOf(call, before, last)
  if ('get' in navigation) throw new Error(`Expected "${last.set.name}" to be the target of a to-many navigation`)
  return {
    list: query => navigation.list(parent, query, call.context),
    count: query => navigation.count(parent, query, call.context),
  }
}

/** The step at the end, which is what a URL addresses. */
export function lastOf(steps: Steps): Step {
  return steps.at(-1) ?? steps[0]
}
