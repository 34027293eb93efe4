import './design.css'
import '@ui5/webcomponents-icons/dist/add.js'
import '@ui5/webcomponents-icons/dist/upload.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { dateOf } from '../api/odata.ts'
import { DownloadButton } from '../components/download-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { usePaged } from '../components/use-paged.ts'
import { DropTarget } from './drop-target.tsx'
import { type IntegrationPackage, packagePage, packagePath } from './integration-package.ts'
import { NewPackageDialog } from './new-package-dialog.tsx'

// With its chooser of files it is as large as the rest of the page.
const ImportPackageDialog = lazy(async () => ({
  default: (await import('./import-package-dialog.tsx')).ImportPackageDialog,
}))

/** The packages of the tenant. */
export function PackagesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<'create' | 'import'>()
  const rows = usePaged<IntegrationPackage>('IntegrationPackages', { orderBy: 'Name' })
  const [dropped, setDropped] = useState<File>()
  const close = () => {
    setDialog(undefined)
    setDropped(undefined)
  }
  const open = ({ Id }: IntegrationPackage) => void navigate(packagePage(Id))
  return (
    <Page
      title={t('design.packages')}
      actions={
        <>
          <Button icon="add" onClick={() => setDialog('create')}>
            {t('common.create')}
          </Button>
          <Button icon="upload" onClick={() => setDialog('import')}>
            {t('design.import')}
          </Button>
        </>
      }
    >
      <DropTarget
        onFile={file => {
          setDropped(file)
          setDialog('import')
        }}
      >
        <EntityTable
          label={t('design.packages')}
          columns={useColumns()}
          keyOf={({ Id }) => Id}
          rows={rows}
          empty={t('design.noPackages')}
          onOpen={open}
        />
      </DropTarget>
      <Suspense>
        {dialog === 'create' && <NewPackageDialog onCreated={open} onClose={close} />}
        {dialog === 'import' && <ImportPackageDialog dropped={dropped} onImported={open} onClose={close} />}
      </Suspense>
    </Page>
  )
}

function useColumns(): readonly Column<IntegrationPackage>[] {
  const { t } = useTranslation()
  return [
    { header: t('design.name'), cell: ({ Id, Name }) => <PageLink to={packagePage(Id)}>{Name}</PageLink> },
    { header: t('design.version'), width: '7rem', cell: ({ Version }) => Version || t('common.none') },
    { header: t('design.mode'), width: '10rem', importance: -2, cell: ({ Mode }) => Mode },
    { header: t('design.modifiedBy'), width: '9rem', importance: -2, cell: ({ ModifiedBy }) => ModifiedBy },
    {
      header: t('design.modified'),
      width: '14rem',
      importance: -1,
      cell: ({ ModifiedDate }) => <Moment date={dateOf(ModifiedDate)} />,
    },
    {
      header: t('common.actions'),
      width: '6rem',
      cell: ({ Id }) => <DownloadButton path={`${packagePath(Id)}/$value`} of={`${Id}.zip`} />,
    },
  ]
}
