import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { literal } from '../api/odata.ts'
import { DownloadButton } from '../components/download-button.tsx'
import { EntityTable } from '../components/entity-table.tsx'
import { Section } from '../components/section.tsx'
import { TextField } from '../components/text-field.tsx'
import { usePaged } from '../components/use-paged.ts'
import { artifactPath, type DesignArtifact, type PackagedArtifact, saveAsVersion, setOf } from './design-artifact.ts'
import { FormDialog } from './form-dialog.tsx'
import { artifactPage } from './package-artifacts.tsx'

/** What is current and all saved versions of an artifact, and saving another. */
export function ArtifactVersions({ artifact }: { readonly artifact: PackagedArtifact }) {
  const { t } = useTranslation()
  const { kind, Id } = artifact
  const navigate = useNavigate()
  const [isSaving, setSaving] = useState(false)
  const rows = usePaged<DesignArtifact>(setOf(kind), {
    filter: `Id eq ${literal(Id)}`,
    custom: { allVersions: 'true' },
  })
  return (
    <Section
      title={t('design.versions')}
      actions={
        <>
          {rows.rows.length > 1 && (
            <Button onClick={() => void navigate(comparePage(artifact, rows.rows))}>{t('versions.compare')}</Button>
          )}
          <Button onClick={() => setSaving(true)}>{t('design.saveAsVersion')}</Button>
        </>
      }
    >
      <EntityTable
        label={t('design.versions')}
        columns={[
          { header: t('design.version'), cell: ({ Version }) => Version },
          {
            header: t('common.actions'),
            width: '6rem',
            cell: ({ Version }) => (
              <DownloadButton path={`${artifactPath(kind, Id, Version)}/$value`} of={`${Id} ${Version}.zip`} />
            ),
          },
        ]}
        keyOf={({ Version }) => Version}
        rows={rows}
        empty={t('design.noVersions')}
      />
      {isSaving && (
        <SaveAsVersionDialog artifact={artifact} onClose={() => setSaving(false)} onSaved={() => rows.refetch()} />
      )}
    </Section>
  )
}

export /** Where the newest saved version but what is current is compared with that. */
function comparePage(artifact: PackagedArtifact, versions: readonly DesignArtifact[]): string {
  const { compare } = new Intl.Collator('en', { numeric: true })
  const saved = versions.map(({ Version }) => Version).filter(version => version !== artifact.Version)
  const from = saved.toSorted(compare).at(-1) ?? ''
  return `${artifactPage(artifact)}/compare?${new URLSearchParams({ from, to: 'active' })}`
}

interface SaveAsVersionDialogProps {
  readonly artifact: PackagedArtifact
  readonly onSaved: () => void
  readonly onClose: () => void
}

/** Asks for a version, and keeps what is current under it. */
export function SaveAsVersionDialog({ artifact, onSaved, onClose }: SaveAsVersionDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [version, setVersion] = useState(artifact.Version === 'Active' ? '' : artifact.Version)
  const saving = useMutation({
    mutationFn: () => saveAsVersion(artifact, version.trim()),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['IntegrationPackages'] })
      onSaved()
    },
  })
  return (
    <FormDialog
      title={t('design.saveAsVersion')}
      action={t('common.save')}
      isBusy={saving.isPending}
      error={saving.error}
      onSubmit={() => saving.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextField
        label={t('design.version')}
        value={version}
        onChange={setVersion}
        required
        hint={t('design.versionHint')}
      />
    </FormDialog>
  )
}
