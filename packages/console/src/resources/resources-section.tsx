import './resources.css'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { hasRole } from '../api/session.ts'
import { useSession } from '../app/session-gate.tsx'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { DownloadButton } from '../components/download-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { bytesText } from '../components/moment.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { TextField } from '../components/text-field.tsx'
import { useList } from '../components/use-list.ts'
import type { PackagedArtifact } from '../design/design-artifact.ts'
import { AddResourceDialog } from './add-resource-dialog.tsx'
import { contentPath, deleteResource, listResources, type Resource } from './resource.ts'
import { resourcePage } from './resource-paths.ts'
import { isResourceType, resourceTypeNames, resourceTypes } from './resource-types.ts'

/** The scripts, mappings, schemas and libraries of an artifact. */
export function ResourcesSection({ artifact }: { readonly artifact: PackagedArtifact }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const canWrite = hasRole(useSession(), 'tmn', 'WebToolingWorkspace.Write')
  const [search, setSearch] = useState('')
  const [isAdding, setAdding] = useState(false)
  const rows = useList(
    ['IntegrationPackages', 'resources', artifact.kind, artifact.Id],
    async () => (await listResources(artifact)).toSorted(byType),
    ({ Name }) => Name.toLowerCase().includes(search.trim().toLowerCase()),
  )
  return (
    <Section
      title={t('resources.title')}
      actions={canWrite && <Button onClick={() => setAdding(true)}>{t('resources.add')}</Button>}
    >
      {(rows.count ?? 0) > 4 && (
        <div className="resources-search">
          <TextField label={t('resources.search')} value={search} onChange={setSearch} />
        </div>
      )}
      <EntityTable
        label={t('resources.title')}
        columns={useColumns(artifact, canWrite)}
        keyOf={keyOf}
        rows={rows}
        empty={search === '' ? t('resources.none') : t('resources.noneFound')}
        onOpen={resource => void navigate(resourcePage(artifact, resource))}
      />
      {isAdding && <AddResourceDialog artifact={artifact} onClose={() => setAdding(false)} />}
    </Section>
  )
}

function keyOf({ Name, ResourceType, ReferencedResourceType }: Resource): string {
  return `${ResourceType} ${ReferencedResourceType} ${Name}`
}

function byType(left: Resource, right: Resource): number {
  const place = ({ ResourceType }: Resource) => (resourceTypeNames as readonly string[]).indexOf(ResourceType)
  return place(left) - place(right) || (left.Name < right.Name ? -1 : 1)
}

function useColumns(artifact: PackagedArtifact, canWrite: boolean): readonly Column<Resource>[] {
  const { t, i18n } = useTranslation()
  const queries = useQueryClient()
  const reload = () => void queries.invalidateQueries({ queryKey: ['IntegrationPackages'] })
  const typeText = ({ ResourceType, ReferencedResourceType }: Resource) =>
    ReferencedResourceType === 'wsdl'
      ? t('resources.schemaOfWsdl')
      : isResourceType(ResourceType)
        ? t(resourceTypes[ResourceType].text)
        : ResourceType
  return [
    {
      header: t('resources.name'),
      sortBy: ({ Name }) => Name,
      cell: resource => <PageLink to={resourcePage(artifact, resource)}>{resource.Name}</PageLink>,
    },
    { header: t('resources.type'), width: '13rem', sortBy: typeText, cell: typeText },
    {
      header: t('resources.size'),
      width: '6rem',
      importance: -1,
      align: 'End',
      sortBy: ({ ResourceSize }) => Number(ResourceSize),
      cell: ({ ResourceSize }) => bytesText(Number(ResourceSize), i18n.language),
    },
    {
      header: t('common.actions'),
      width: '8rem',
      cell: resource => (
        <div className="design-actions">
          <DownloadButton path={contentPath(artifact, resource)} of={resource.Name} />
          {canWrite && (
            <ConfirmButton
              text={t('common.delete')}
              icon="delete"
              of={resource.Name}
              question={t('resources.deleteQuestion', { name: resource.Name, artifact: artifact.Name })}
              action={() => deleteResource(artifact, resource)}
              onDone={reload}
            />
          )}
        </div>
      ),
    },
  ]
}
