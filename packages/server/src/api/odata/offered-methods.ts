import type { Resource, Steps } from '@sluice/odata'
import { navigationApiOf, type ResolvedCall, setApiOf } from './call.ts'
import { lastOf } from './source.ts'

/** The methods that a resource takes, as `Allow` lists them: what is read is GET and HEAD, whether it is there or not. */
export function offeredMethods(call: ResolvedCall): string {
  const { resource } = call.request
  const changes = 'steps' in resource ? changesOf(call, resource, resource.steps) : []
  return ['GET', 'HEAD', ...changes.filter(Boolean)].join(', ')
}

function changesOf(call: ResolvedCall, { kind }: Resource, steps: Steps): (string | false | undefined)[] {
  const last = lastOf(steps)
  const before = steps.at(-2)
  if (before) {
    const navigation = navigationApiOf(call, before, last)
    if ('get' in navigation) return []
    if (kind === 'collection') return [navigation.create && 'POST']
    if (kind !== 'link' || !last.key) return []
    return [navigation.updateLink && 'PUT', navigation.deleteLink && 'DELETE']
  }
  const { create, update, merge, putMedia, delete: remove } = setApiOf(call, last)
  if (kind === 'collection') return [create && 'POST']
  if (kind === 'media') return [putMedia && 'PUT']
  if (kind !== 'entity') return []
  return [update && 'PUT', (merge ?? update) && 'PATCH, MERGE', remove && 'DELETE']
}
