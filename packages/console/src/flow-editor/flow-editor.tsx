import './flow-editor.css'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Components } from '../api/components.ts'
import { openModeler } from './canvas/modeler.ts'
import { openViewer } from './canvas/viewer.ts'
import type { Diagram } from './diagram.ts'
import { EditTools } from './edit-tools.tsx'
import { FlowEditing } from './flow-editing.tsx'
import { FlowHeader } from './flow-header.tsx'
import { FlowPanel } from './flow-panel.tsx'
import { FlowViewer } from './flow-viewer.tsx'
import { ModelingDialogs } from './modeling-dialogs.tsx'
import { Palette } from './palette.tsx'
import { FlowSheet } from './property-sheet/flow-sheet.tsx'
import { useEditedFiles } from './use-edited-files.ts'
import { useEditedFlow } from './use-edited-flow.ts'
import type { OpenFlow } from './use-flow.ts'
import { useFlowParameters } from './use-flow-parameters.ts'
import { ZoomTools } from './zoom-tools.tsx'

export interface FlowEditorProps {
  readonly flow: OpenFlow
  readonly components: Components
  readonly isReadOnly: boolean
  /** Opens what is saved again. */
  readonly onReload: () => Promise<unknown>
}

/** The whole editor: what it is of and can be done with it, the tools, the diagram. */
export function FlowEditor({ flow: { artifact, archive }, components, isReadOnly, onReload }: FlowEditorProps) {
  const { t } = useTranslation()
  const { flowText } = archive
  const [diagram, setDiagram] = useState<Diagram>()
  const edited = useEditedFlow(isReadOnly ? undefined : diagram, flowText)
  const shown = useCallback((opened: Diagram) => {
    setDiagram(opened)
    return () => setDiagram(undefined)
  }, [])
  useEffect(() => {
    document.title = `${artifact.Name} – ${t('app.title')}`
  }, [artifact, t])
  const parameters = useFlowParameters(archive)
  const read = useEditedFiles(artifact, archive, parameters, edited)
  const open = useMemo(
    () =>
      isReadOnly ? openViewer : (container: HTMLElement, text: string) => openModeler(container, text, components),
    [components, isReadOnly],
  )
  return (
    <div className="flow-editor">
      <FlowHeader artifact={artifact} isReadOnly={isReadOnly} />
      {edited && (
        <>
          <FlowEditing flow={edited} artifact={artifact} parameters={parameters} onReload={onReload} />
          <Palette diagram={edited.diagram} components={components} />
          <EditTools diagram={edited.diagram} />
        </>
      )}
      <div className="flow-canvas-area">
        <FlowViewer text={flowText} open={open} onShown={shown} />
        {diagram && <ZoomTools diagram={diagram} />}
        {edited && <ModelingDialogs diagram={edited.diagram} components={components} />}
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
