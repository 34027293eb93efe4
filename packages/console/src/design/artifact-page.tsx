import './design.css'
import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { readEntity } from '../api/odata.ts'
import { NotFound } from '../app/not-found.tsx'
import { DownloadButton } from '../components/download-button.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Facts } from '../components/facts.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { flowPage } from '../flow-editor/flow-paths.ts'
import { DeploymentError } from '../monitor/deployment-error.tsx'
import { ResourcesSection } from '../resources/resources-section.tsx'
import { DeleteArtifact, DeployButton } from './artifact-actions.tsx'
import { ArtifactVersions } from './artifact-versions.tsx'
import {
  artifactPath,
  type DesignArtifact,
  type Kind,
  kinds,
  kindTexts,
  type PackagedArtifact,
} from './design-artifact.ts'
import { packagePage } from './integration-package.ts'
import { DeploymentStatus } from './package-artifacts.tsx'
import { Parameters } from './parameters.tsx'
import { UploadArtifact } from './upload-artifact.tsx'
import { useDeployments } from './use-deployments.ts'

/** One artifact: its versions, its parameters, its deployment. */
export function DesignArtifactPage() {
  const { t } = useTranslation()
  const { kind: given, artifactId = '' } = useParams()
  const kind: Kind = kinds.find(known => known === given) ?? 'IntegrationFlow'
  const { data, error, refetch } = useQuery({
    queryKey: ['IntegrationPackages', 'artifact', kind, artifactId],
    queryFn: () => readEntity<DesignArtifact>(artifactPath(kind, artifactId)),
  })
  if (kind !== given) return <NotFound />
  if (error) {
    return (
      <Page title={artifactId}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Page>
    )
  }
  if (!data) return <BusyIndicator active delay={300} text={t('common.loading')} />
  return <Details artifact={{ ...data, kind }} />
}

function Details({ artifact }: { readonly artifact: PackagedArtifact }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const deployment = useDeployments().get(artifact.Id)
  const { kind, Id, Name, Version, PackageId, Description } = artifact
  return (
    <Page
      title={Name}
      actions={
        <>
          {kind === 'IntegrationFlow' && (
            <Button design="Emphasized" onClick={() => void navigate(flowPage(artifact))}>
              {t('flowEditor.open')}
            </Button>
          )}
          <DeployButton artifact={artifact} />
          <UploadArtifact artifact={artifact} />
          <DownloadButton path={`${artifactPath(kind, Id)}/$value`} of={`${Id}.zip`} />
          <DeleteArtifact artifact={artifact} onDone={() => void navigate(packagePage(PackageId))} />
        </>
      }
    >
      <Section title={t(kindTexts[kind])}>
        <Facts
          facts={[
            [t('design.id'), Id],
            [t('design.version'), Version],
            [
              t('design.package'),
              <PageLink key="package" to={packagePage(PackageId)}>
                {PackageId}
              </PageLink>,
            ],
            [t('design.description'), Description],
            [t('design.deployment'), <DeploymentStatus key="deployment" status={deployment?.Status} />],
            [t('design.deployedVersion'), deployment?.Version],
          ]}
        />
        {deployment && (
          <PageLink to={`/monitor/artifacts/${encodeURIComponent(Id)}`}>{t('design.showDeployed')}</PageLink>
        )}
      </Section>
      {deployment?.Status === 'ERROR' && <DeploymentError id={Id} />}
      {kind === 'IntegrationFlow' && <Parameters id={Id} />}
      {kind !== 'ValueMapping' && <ResourcesSection artifact={artifact} />}
      <ArtifactVersions artifact={artifact} />
    </Page>
  )
}
