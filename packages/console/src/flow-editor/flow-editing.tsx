import { saveFile } from '../api/download.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import type { EditedFlow } from './edited-flow.ts'
import { FlowActions } from './flow-actions.tsx'
import type { FlowArtifact } from './flow-artifact.ts'
import { FlowMessage, FlowWarning } from './flow-messages.tsx'
import type { FlowParameters } from './flow-parameters.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { ConflictError } from './save-flow.ts'
import { useDeploying } from './use-deploying.ts'
import { useSaving } from './use-saving.ts'

export interface FlowEditingProps {
  readonly flow: EditedFlow
  readonly artifact: FlowArtifact
  readonly parameters: FlowParameters
  /** Opens what is saved again. */
  readonly onReload: () => Promise<unknown>
}

/** What there is to do and to say while a flow is edited: its actions, in the header, and what went wrong, below it. */
export function FlowEditing({ flow, artifact, parameters, onReload }: FlowEditingProps) {
  const saving = useSaving(flow, artifact, parameters)
  const deploying = useDeploying(artifact.Id, saving)
  const { error, reset, saveNow } = saving
  const conflict = error instanceof ConflictError ? error : undefined
  const download = async () => {
    const { text } = await flow.current()
    saveFile(new Blob([text], { type: 'application/xml' }), `${artifact.Name}.iflw`)
  }
  return (
    <>
      <div className="flow-actions">
        <FlowActions artifact={artifact} saving={saving} deploying={deploying} onDiscard={onReload} />
      </div>
      <div className="flow-messages">
        <FlowWarning error={saving.lockError} />
        <FlowMessage error={conflict ? null : error} onClose={reset} />
        <FlowMessage error={deploying.error} onClose={deploying.reset} />
      </div>
      {conflict && (
        <ConflictDialog
          conflict={conflict}
          onOverwrite={() => void saveNow(true)}
          onDownload={() => void download()}
          onReload={() => void onReload()}
          onClose={reset}
        />
      )}
      <LeaveGuard name={artifact.Name} saving={saving} />
    </>
  )
}
