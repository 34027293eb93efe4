import '@ui5/webcomponents-icons/dist/delete.js'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { Toast } from '@ui5/webcomponents-react/Toast'
import { useTranslation } from 'react-i18next'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { useErrorText } from '../components/error-state.tsx'
import { deleteArtifact, deployArtifact, type PackagedArtifact } from './design-artifact.ts'
import { deploymentsKey } from './use-deployments.ts'

/** Deploys what is current. How that goes shows where deployments are shown. */
export function DeployButton({ artifact }: { readonly artifact: PackagedArtifact }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const deploying = useMutation({
    mutationFn: () => deployArtifact(artifact),
    onSuccess: () => queries.invalidateQueries({ queryKey: deploymentsKey }),
  })
  const problem = useErrorText(deploying.error)
  return (
    <>
      <Button
        accessibleName={`${t('design.deploy')}: ${artifact.Name}`}
        loading={deploying.isPending}
        onClick={() => deploying.mutate()}
      >
        {t('design.deploy')}
      </Button>
      <Toast open={problem !== undefined} onClose={deploying.reset}>
        {problem}
      </Toast>
    </>
  )
}

export interface DeleteArtifactProps {
  readonly artifact: PackagedArtifact
  readonly icon?: string
  readonly onDone?: () => void
}

/** Deletes an artifact with all its versions, after asking. */
export function DeleteArtifact({ artifact, icon, onDone }: DeleteArtifactProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return (
    <ConfirmButton
      text={t('common.delete')}
      {...(icon !== undefined && { icon })}
      of={artifact.Name}
      question={t('design.deleteArtifact', { name: artifact.Name, id: artifact.Id })}
      action={() => deleteArtifact(artifact)}
      onDone={() => {
        onDone?.()
        void queries.invalidateQueries({ queryKey: ['IntegrationPackages'] })
      }}
    />
  )
}
