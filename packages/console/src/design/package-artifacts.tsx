import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { DownloadButton } from '../components/download-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { PageLink } from '../components/page-link.tsx'
import { loadedRows } from '../components/use-paged.ts'
import { MessageStatus } from '../monitor/message-status.tsx'
import { DeleteArtifact, DeployButton } from './artifact-actions.tsx'
import { artifactPath, kindTexts, type PackagedArtifact } from './design-artifact.ts'
import { type Deployments, useDeployments } from './use-deployments.ts'

/** Where an artifact is shown. */
export function artifactPage({ PackageId, kind, Id }: Pick<PackagedArtifact, 'Id' | 'PackageId' | 'kind'>): string {
  return `/design/packages/${encodeURIComponent(PackageId)}/${kind}/${encodeURIComponent(Id)}`
}

/** The artifacts of a package, each with how its deployment is. */
export function PackageArtifacts({ artifacts }: { readonly artifacts: readonly PackagedArtifact[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <EntityTable
      label={t('design.artifacts')}
      columns={useColumns(useDeployments())}
      keyOf={({ kind, Id }) => `${kind} ${Id}`}
      rows={loadedRows(artifacts)}
      empty={t('design.noArtifacts')}
      onOpen={artifact => void navigate(artifactPage(artifact))}
    />
  )
}

function useColumns(deployments: Deployments): readonly Column<PackagedArtifact>[] {
  const { t } = useTranslation()
  return [
    {
      header: t('design.name'),
      cell: artifact => <PageLink to={artifactPage(artifact)}>{artifact.Name}</PageLink>,
    },
    { header: t('design.kind'), width: '11rem', importance: -2, cell: ({ kind }) => t(kindTexts[kind]) },
    { header: t('design.version'), width: '7rem', importance: -1, cell: ({ Version }) => Version },
    {
      header: t('design.deployment'),
      width: '9rem',
      cell: ({ Id }) => <DeploymentStatus status={deployments.get(Id)?.Status} />,
    },
    {
      header: t('common.actions'),
      width: '13rem',
      cell: artifact => (
        <div className="design-actions">
          <DeployButton artifact={artifact} />
          <DownloadButton path={`${artifactPath(artifact.kind, artifact.Id)}/$value`} of={`${artifact.Id}.zip`} />
          <DeleteArtifact artifact={artifact} icon="delete" />
        </div>
      ),
    },
  ]
}

/** How a deployment is; undefined where there is none. */
export function DeploymentStatus({ status }: { readonly status: string | undefined }) {
  const { t } = useTranslation()
  return status === undefined ? <span>{t('design.notDeployed')}</span> : <MessageStatus status={status} />
}
