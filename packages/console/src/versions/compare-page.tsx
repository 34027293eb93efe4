import './versions.css'
import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { call } from '../api/http.ts'
import { readEntity, root } from '../api/odata.ts'
import { NotFound } from '../app/not-found.tsx'
import { EntityTable } from '../components/entity-table.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { loadedRows } from '../components/use-paged.ts'
import { artifactPath, type DesignArtifact, kinds, type PackagedArtifact } from '../design/design-artifact.ts'
import { artifactPage } from '../design/package-artifacts.tsx'
import { compareFiles, type FileChange, filesIn } from './compare-files.ts'
import { FileComparison } from './file-comparison.tsx'
import { type Compared, useVersionName, VersionChoice } from './version-choice.tsx'

/** Two versions of an artifact: which files differ, and in what. */
export function ComparePage() {
  const { t } = useTranslation()
  const { kind: given, artifactId = '' } = useParams()
  const kind = kinds.find(known => known === given)
  const { data, error, refetch } = useQuery({
    queryKey: ['IntegrationPackages', 'artifact', kind, artifactId],
    queryFn: () => readEntity<DesignArtifact>(artifactPath(kind ?? 'IntegrationFlow', artifactId)),
  })
  if (!kind) return <NotFound />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <BusyIndicator active delay={300} text={t('common.loading')} />
  return <Comparison artifact={{ ...data, kind }} />
}

function Comparison({ artifact }: { readonly artifact: PackagedArtifact }) {
  const { t } = useTranslation()
  const [query, setQuery] = useSearchParams()
  const compared = { from: query.get('from') ?? 'active', to: query.get('to') ?? 'active' }
  const change = (chosen: Partial<Compared>) => setQuery({ ...compared, ...chosen }, { replace: true })
  return (
    <Page title={t('versions.title', { name: artifact.Name })}>
      <PageLink to={artifactPage(artifact)}>{artifact.Name}</PageLink>
      <VersionChoice artifact={artifact} compared={compared} onChange={change} />
      <Differences artifact={artifact} compared={compared} />
    </Page>
  )
}

interface DifferencesProps {
  readonly artifact: PackagedArtifact
  readonly compared: Compared
}

function Differences({ artifact: { kind, Id }, compared }: DifferencesProps) {
  const { t } = useTranslation()
  const [query] = useSearchParams()
  const nameOf = useVersionName()
  const { from, to } = compared
  const { data, error, refetch } = useQuery({
    queryKey: ['IntegrationPackages', 'compare', kind, Id, from, to],
    queryFn: async () => {
      const [before, after] = await Promise.all([from, to].map(version => download(artifactPath(kind, Id, version))))
      return before && after ? compareFiles(before, after) : []
    },
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <BusyIndicator active delay={300} text={t('common.loading')} />
  const shown = data.find(({ path }) => path === query.get('file')) ?? data[0]
  return (
    <>
      <Section title={t('versions.files')}>
        <EntityTable
          label={t('versions.files')}
          columns={[
            {
              header: t('versions.file'),
              sortBy: ({ path }: FileChange) => path,
              cell: ({ path }: FileChange) => <FileLink path={path} compared={compared} />,
            },
            {
              header: t('versions.change'),
              width: '10rem',
              sortBy: ({ change }) => t(`versions.${change}`),
              cell: ({ change }) => t(`versions.${change}`),
            },
          ]}
          keyOf={({ path }) => path}
          rows={loadedRows(data)}
          empty={t(from === to ? 'versions.chooseTwo' : 'versions.alike')}
        />
      </Section>
      {shown && <FileComparison key={shown.path} file={shown} before={nameOf(from)} after={nameOf(to)} />}
    </>
  )
}

function FileLink({ path, compared }: { readonly path: string; readonly compared: Compared }) {
  return <PageLink to={`?${new URLSearchParams({ ...compared, file: path })}`}>{path}</PageLink>
}

async function download(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const response = await call('GET', `${root}${path}/$value`, { headers: { accept: '*/*' } })
  return filesIn(new Uint8Array(await response.arrayBuffer()))
}
