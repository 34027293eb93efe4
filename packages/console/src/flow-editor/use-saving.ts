import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { EventBus } from './diagram.ts'
import type { EditedFlow } from './edited-flow.ts'
import type { FlowArtifact } from './flow-artifact.ts'
import type { FlowParameters } from './flow-parameters.ts'
import { lockFlow, saveFlow, unlockFlow } from './save-flow.ts'
import { useDiagramState } from './use-diagram-state.ts'

/** What can be done about changes that are not saved. */
export interface Saving {
  readonly isChanged: boolean
  readonly isSaving: boolean
  readonly error: Error | null
  readonly save: () => void
  /** Resolves with whether it could be saved. `overwrite`: even what somebody else has saved in the meantime. */
  readonly saveNow: (overwrite?: boolean) => Promise<boolean>
  /** Forgets the error. */
  readonly reset: () => void
  /** What somebody else's lock says; null where there is none. */
  readonly lockError: Error | null
}

/** Fields of the property sheet take what was typed when they are left; code is in the shadow of its field. */
function leaveField(): void {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  if (active instanceof HTMLElement) active.blur()
}

/** Saves a flow with its parameters; holds the flow's lock as long as something is not saved. */
export function useSaving(flow: EditedFlow, artifact: FlowArtifact, parameters: FlowParameters): Saving {
  const queries = useQueryClient()
  const isChanged = useDiagramState(flow.diagram, savedEvents, () => flow.isChanged)
  const lockError = useLock(artifact.Id, isChanged)
  const saving = useMutation({
    // One after the other: the second would find what the first has saved, and take it for somebody else's.
    scope: { id: `save ${artifact.Id}` },
    mutationFn: async (overwrite: boolean) => {
      leaveField()
      if (!flow.isChanged) return
      const state = await flow.current()
      const content = { artifact, base: flow.savedText, text: state.text }
      const [files, values] = [parameters.changedFiles(), parameters.changedValues()]
      await saveFlow({ ...content, files, values }, overwrite)
      flow.markSaved(state)
      flow.diagram.get<EventBus>('eventBus').fire(savedEvent)
      await queries.invalidateQueries({ queryKey: ['IntegrationPackages'] })
    },
  })
  const { mutateAsync, isPending, error, reset } = saving
  const saveNow = useCallback(
    (overwrite = false) =>
      mutateAsync(overwrite).then(
        () => true,
        () => false,
      ),
    [mutateAsync],
  )
  const save = useCallback(() => void saveNow(), [saveNow])
  return { isChanged, isSaving: isPending, error, save, saveNow, reset, lockError }
}

const savedEvent = 'sluice.saved'
const savedEvents = ['commandStack.changed', savedEvent] as const

const lockAgainMs = 4 * 60_000

/** Holds the lock while there is something to save, and lets go of it in the end. */
export function useLock(id: string, isWanted: boolean): Error | null {
  const [error, setError] = useState<Error | null>(null)
  /** Until the lock that was held before is gone: a lock that is taken earlier would go with it. */
  const lettingGo = useRef(Promise.resolve())
  useEffect(() => {
    if (!isWanted) return
    let isHeld = false
    let isOver = false
    const tell = (problem: Error | null) => {
      if (!isOver) setError(problem)
    }
    const lock = async () => {
      await lettingGo.current
      await lockFlow(id).then(
        () => {
          isHeld = true
          tell(null)
        },
        (problem: Error) => tell(problem),
      )
    }
    let locking = lock()
    const again = setInterval(() => {
      locking = lock()
    }, lockAgainMs)
    return () => {
      clearInterval(again)
      isOver = true
      setError(null)
      // The lock of somebody else is theirs.
      lettingGo.current = locking.then(() => (isHeld ? unlockFlow(id) : undefined)).catch(() => undefined)
    }
  }, [id, isWanted])
  return error
}
