import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { PageLink } from '../components/page-link.tsx'
import { SaveAsVersionDialog } from '../design/artifact-versions.tsx'
import { DeploymentStatus } from '../design/package-artifacts.tsx'
import { useDeployments } from '../design/use-deployments.ts'
import type { FlowArtifact } from './flow-artifact.ts'
import type { Deploying } from './use-deploying.ts'
import type { Saving } from './use-saving.ts'
import { useShortcut } from './use-shortcut.ts'

export interface FlowActionsProps {
  readonly artifact: FlowArtifact
  readonly saving: Saving
  readonly deploying: Deploying
  /** Opens what is saved again. */
  readonly onDiscard: () => Promise<unknown>
}

/** Buttons for the flow as an artifact: discard, save as version, deploy, save. */
export function FlowActions({ artifact, saving, deploying, onDiscard }: FlowActionsProps) {
  const { t } = useTranslation()
  const [isVersioning, setVersioning] = useState(false)
  const { isChanged, isSaving, save } = saving
  useShortcut('s', save)
  return (
    <>
      {isChanged && (
        <ConfirmButton
          text={t('flowEditor.discard')}
          of={artifact.Name}
          question={t('flowEditor.discardQuestion', { name: artifact.Name })}
          action={onDiscard}
        />
      )}
      <Button onClick={() => setVersioning(true)} disabled={isChanged}>
        {t('design.saveAsVersion')}
      </Button>
      <Button loading={deploying.isDeploying} onClick={deploying.deploy}>
        {t('design.deploy')}
      </Button>
      <Button design="Emphasized" disabled={!isChanged} loading={isSaving} onClick={save} tooltip="Ctrl+S">
        {t('common.save')}
      </Button>
      {isVersioning && (
        <SaveAsVersionDialog
          artifact={{ ...artifact, kind: 'IntegrationFlow' }}
          onClose={() => setVersioning(false)}
          onSaved={() => undefined}
        />
      )}
    </>
  )
}

/** How the flow's deployment is, with the way to it. */
export function FlowDeployment({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const deployment = useDeployments().get(id)
  return (
    <span role="status" className="flow-deployment">
      {deployment ? (
        <PageLink to={`/monitor/artifacts/${encodeURIComponent(id)}`}>
          <DeploymentStatus status={deployment.Status} />
        </PageLink>
      ) : (
        t('design.notDeployed')
      )}
    </span>
  )
}
