import './flow-editor.css'
import { Title } from '@ui5/webcomponents-react/Title'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageLink } from '../components/page-link.tsx'
import { artifactPage } from '../design/package-artifacts.tsx'
import { openModeler } from './canvas/modeler.ts'
import { openViewer } from './canvas/viewer.ts'
import type { Diagram } from './diagram.ts'
import { FlowTools } from './flow-tools.tsx'
import { FlowViewer } from './flow-viewer.tsx'
import { FlowSheet } from './property-sheet/flow-sheet.tsx'
import type { OpenFlow } from './use-flow.ts'
import { useFlowParameters } from './use-flow-parameters.ts'

export interface FlowEditorProps {
  readonly flow: OpenFlow
  readonly isReadOnly: boolean
}

/** The whole editor: what it is of and can be done with it, the tools, the diagram. */
export function FlowEditor({ flow: { artifact, archive }, isReadOnly }: FlowEditorProps) {
  const { t } = useTranslation()
  const [diagram, setDiagram] = useState<Diagram>()
  const shown = useCallback((opened: Diagram) => {
    setDiagram(opened)
    return () => setDiagram(undefined)
  }, [])
  useEffect(() => {
    document.title = `${artifact.Name} – ${t('app.title')}`
  }, [artifact, t])
  const parameters = useFlowParameters(archive)
  const { Version } = artifact
  return (
    <div className="flow-editor">
      <div className="flow-header">
        <div className="flow-title">
          <PageLink to={artifactPage({ ...artifact, kind: 'IntegrationFlow' })}>{t('flowEditor.back')}</PageLink>
          <Title level="H2" size="H5">
            {artifact.Name}
          </Title>
          <span>{Version === 'Active' ? t('flowEditor.draft') : t('flowEditor.version', { version: Version })}</span>
        </div>
        {diagram && <FlowTools diagram={diagram} isReadOnly={isReadOnly} />}
      </div>
      <FlowViewer text={archive.flowText} open={isReadOnly ? openViewer : openModeler} onShown={shown} />
      {diagram && <FlowSheet diagram={diagram} archive={archive} parameters={parameters} isReadOnly={isReadOnly} />}
    </div>
  )
}
