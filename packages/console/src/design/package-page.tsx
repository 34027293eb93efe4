import './design.css'
import '@ui5/webcomponents-icons/dist/add.js'
import '@ui5/webcomponents-icons/dist/copy.js'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { dateOf, readEntity } from '../api/odata.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { DownloadButton } from '../components/download-button.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { Section } from '../components/section.tsx'
import { CopyPackageDialog } from './copy-package-dialog.tsx'
import { listArtifacts, type PackagedArtifact } from './design-artifact.ts'
import { deletePackage, type IntegrationPackage, packagePage, packagePath } from './integration-package.ts'
import { NewArtifactDialog } from './new-artifact-dialog.tsx'
import { PackageArtifacts } from './package-artifacts.tsx'

/** One package: what it is, and its artifacts. */
export function PackagePage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const found = useQuery({
    queryKey: ['IntegrationPackages', id],
    queryFn: () => readEntity<IntegrationPackage>(packagePath(id)),
  })
  const artifacts = useQuery({ queryKey: ['IntegrationPackages', id, 'artifacts'], queryFn: () => listArtifacts(id) })
  const [isAdding, setAdding] = useState(false)
  const { data } = found
  const error = found.error ?? artifacts.error
  if (error)
    return (
      <Page title={id}>
        <ErrorState error={error} onRetry={() => void Promise.all([found.refetch(), artifacts.refetch()])} />
      </Page>
    )
  if (!data || !artifacts.data) return <BusyIndicator active delay={300} text={t('common.loading')} />
  return (
    <Page title={data.Name} actions={<PackageActions id={id} name={data.Name} artifacts={artifacts.data} />}>
      <Section title={t('design.package')}>
        <Facts
          facts={[
            [t('design.id'), data.Id],
            [t('design.version'), data.Version],
            [t('design.vendor'), data.Vendor],
            [t('design.mode'), data.Mode],
            [t('design.modifiedBy'), data.ModifiedBy],
            [t('design.modified'), <Moment key="modified" date={dateOf(data.ModifiedDate)} />],
            [t('design.shortText'), data.ShortText],
          ]}
        />
      </Section>
      <Section
        title={t('design.artifacts')}
        actions={
          <Button icon="add" onClick={() => setAdding(true)}>
            {t('design.addArtifact')}
          </Button>
        }
      >
        <PackageArtifacts artifacts={artifacts.data} />
      </Section>
      {isAdding && <NewArtifactDialog packageId={id} onClose={() => setAdding(false)} />}
    </Page>
  )
}

interface PackageActionsProps {
  readonly id: string
  readonly name: string
  readonly artifacts: readonly PackagedArtifact[]
}

function PackageActions({ id, name, artifacts }: PackageActionsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [isCopying, setCopying] = useState(false)
  const names = artifacts.map(artifact => artifact.Name)
  const question =
    names.length === 0
      ? t('design.deleteEmptyPackage', { name })
      : t('design.deletePackage', { name, count: names.length, names: names.join(', ') })
  return (
    <>
      <DownloadButton path={`${packagePath(id)}/$value`} of={`${id}.zip`} />
      <Button icon="copy" onClick={() => setCopying(true)}>
        {t('design.copy')}
      </Button>
      <ConfirmButton
        text={t('common.delete')}
        of={name}
        question={question}
        action={() => deletePackage(id)}
        onDone={() => {
          void navigate('/design')
          void queries.invalidateQueries({ queryKey: ['IntegrationPackages'], exact: false, refetchType: 'none' })
        }}
      />
      {isCopying && (
        <CopyPackageDialog
          id={id}
          onCopied={copied => {
            setCopying(false)
            void navigate(packagePage(copied))
          }}
          onClose={() => setCopying(false)}
        />
      )}
    </>
  )
}
