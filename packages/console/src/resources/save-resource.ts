import { base64Of } from '../design/design-artifact.ts'
import { lockFlow } from '../flow-editor/save-flow.ts'
import { type ResourceKey, type ResourceOwner, readContent, replaceResource } from './resource.ts'
import { textIn } from './resource-text.ts'

/** Somebody has changed the resource since it was opened. */
export class ChangedError extends Error {}

/**
 * Saves a resource in the draft, under a lock, so that nobody changes the artifact in between. Throws `ChangedError` where
 * what is there is not `base`, unless `overwrite`.
 */
export async function saveResource(
  owner: ResourceOwner,
  resource: ResourceKey,
  { base, text }: { readonly base: string; readonly text: string },
  overwrite: boolean,
): Promise<void> {
  await lockFlow(owner.Id)
  if (!overwrite && textIn(await readContent(owner, resource)) !== base) throw new ChangedError(resource.Name)
  await replaceResource(owner, resource, await base64Of(new Blob([text])))
}
