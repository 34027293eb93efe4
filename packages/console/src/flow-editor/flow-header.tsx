import '@ui5/webcomponents-icons/dist/nav-back.js'
import { useQuery } from '@tanstack/react-query'
import { Tag } from '@ui5/webcomponents-react/Tag'
import { Title } from '@ui5/webcomponents-react/Title'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { artifactPage } from '../design/package-artifacts.tsx'
import { FlowDeployment } from './flow-actions.tsx'
import { type FlowArtifact, readArtifact } from './flow-artifact.ts'
import { Tool } from './tool.tsx'

export interface FlowHeaderProps {
  /** As it was opened. */
  readonly artifact: FlowArtifact
  readonly isReadOnly: boolean
}

/** Which flow it is, and how it is by now. */
export function FlowHeader({ artifact, isReadOnly }: FlowHeaderProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { Id } = artifact
  const { data } = useQuery({
    queryKey: ['IntegrationPackages', 'flow', Id],
    queryFn: () => readArtifact(Id),
    initialData: artifact,
    enabled: !isReadOnly,
  })
  const { Name, Version } = isReadOnly ? artifact : data
  return (
    <div className="flow-header">
      <Tool
        icon="nav-back"
        text={t('flowEditor.back')}
        onClick={() => void navigate(artifactPage({ ...artifact, kind: 'IntegrationFlow' }))}
      />
      <div className="flow-title" title={Name}>
        <Title level="H2" size="H5" wrappingType="None">
          {Name}
        </Title>
      </div>
      <Tag design="Neutral" hideStateIcon>
        {Version === 'Active' ? t('flowEditor.draft') : t('flowEditor.version', { version: Version })}
      </Tag>
      {isReadOnly && <Tag design="Information">{t('flowEditor.readOnly')}</Tag>}
      {!isReadOnly && <FlowDeployment id={Id} />}
    </div>
  )
}
