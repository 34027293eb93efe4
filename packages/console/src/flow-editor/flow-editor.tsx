import './flow-editor.css'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openModeler } from './canvas/modeler.ts'
import { openViewer } from './canvas/viewer.ts'
import type { Diagram } from './diagram.ts'
import { EditedFlow } from './edited-flow.ts'
import { FlowEditing } from './flow-editing.tsx'
import { FlowHeader } from './flow-header.tsx'
import { FlowPanel } from './flow-panel.tsx'
import { FlowViewer } from './flow-viewer.tsx'
import { FlowSheet } from './property-sheet/flow-sheet.tsx'
import { useEditedFiles } from './use-edited-files.ts'
import type { OpenFlow } from './use-flow.ts'
import { useFlowParameters } from './use-flow-parameters.ts'
import { ZoomTools } from './zoom-tools.tsx'

export interface FlowEditorProps {
  readonly flow: OpenFlow
  readonly isReadOnly: boolean
  /** Opens what is saved again. */
  readonly onReload: () => Promise<unknown>
}

/** The whole editor: what it is of and can be done with it, the tools, the diagram. */
export function FlowEditor({ flow: { artifact, archive }, isReadOnly, onReload }: FlowEditorProps) {
  const { t } = useTranslation()
  const { flowText } = archive
  const [diagram, setDiagram] = useState<Diagram>()
  const [edited, setEdited] = useState<EditedFlow>()
  const shown = useCallback((opened: Diagram) => {
    setDiagram(opened)
    return () => setDiagram(undefined)
  }, [])
  useEffect(() => {
    setEdited(undefined)
    if (!diagram || isReadOnly) return
    let isOver = false
    void EditedFlow.of(diagram, flowText).then(flow => !isOver && setEdited(flow))
    return () => {
      isOver = true
    }
  }, [diagram, flowText, isReadOnly])
  useEffect(() => {
    document.title = `${artifact.Name} – ${t('app.title')}`
  }, [artifact, t])
  const parameters = useFlowParameters(archive)
  const read = useEditedFiles(artifact, archive, parameters, edited)
  return (
    <div className="flow-editor">
      <FlowHeader artifact={artifact} diagram={edited?.diagram} isReadOnly={isReadOnly} />
      {edited && <FlowEditing flow={edited} artifact={artifact} parameters={parameters} onReload={onReload} />}
      <div className="flow-canvas-area">
        <FlowViewer text={flowText} open={isReadOnly ? openViewer : openModeler} onShown={shown} />
        {diagram && <ZoomTools diagram={diagram} />}
      </div>
      {diagram && (isReadOnly || edited) && (
        <div className="flow-panel">
          <FlowPanel
            diagram={diagram}
            artifact={artifact}
            read={read}
            sheet={<FlowSheet diagram={diagram} archive={archive} parameters={parameters} isReadOnly={isReadOnly} />}
          />
        </div>
      )}
    </div>
  )
}
