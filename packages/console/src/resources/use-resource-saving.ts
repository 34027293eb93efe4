import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLock } from '../flow-editor/use-saving.ts'
import type { ResourceKey, ResourceOwner } from './resource.ts'
import { saveResource } from './save-resource.ts'

/** What can be done about changes of a resource. */
export interface ResourceSaving {
  readonly isChanged: boolean
  readonly isSaving: boolean
  /** Since the last change. */
  readonly isSaved: boolean
  /** Whether it was saved since it was opened, so that the artifact is a draft by now. */
  readonly isDraft: boolean
  readonly error: Error | null
  /** What somebody else's lock says; null where there is none. */
  readonly lockError: Error | null
  /** Resolves with whether it could be saved. `overwrite`: even what somebody else has saved in the meantime. */
  readonly saveNow: (overwrite?: boolean) => Promise<boolean>
  readonly reset: () => void
}

/** Saves a resource; holds the lock of its artifact as long as something is not saved. */
export function useResourceSaving(
  owner: ResourceOwner,
  resource: ResourceKey,
  { opened, text }: { readonly opened: string; readonly text: string },
): ResourceSaving {
  const queries = useQueryClient()
  const [base, setBase] = useState(opened)
  const isChanged = text !== base
  const lockError = useLock(owner.Id, isChanged)
  const saving = useMutation({
    mutationFn: async (overwrite: boolean) => {
      await saveResource(owner, resource, { base, text }, overwrite)
      setBase(text)
      await queries.invalidateQueries({ queryKey: ['IntegrationPackages'] })
    },
  })
  const saveNow = (overwrite = false) =>
    saving.mutateAsync(overwrite).then(
      () => true,
      () => false,
    )
  const { isPending, isSuccess, error, reset } = saving
  return {
    isChanged,
    isSaving: isPending,
    isSaved: isSuccess && !isChanged,
    isDraft: base !== opened,
    error,
    lockError,
    saveNow,
    reset,
  }
}
