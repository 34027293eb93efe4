import { useQueryClient } from '@tanstack/react-query'
import '@ui5/webcomponents-icons/dist/delete.js'
import '@ui5/webcomponents-icons/dist/edit.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { SegmentedButton } from '@ui5/webcomponents-react/SegmentedButton'
import { SegmentedButtonItem } from '@ui5/webcomponents-react/SegmentedButtonItem'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { change, dateOf, entityPath } from '../api/odata.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { usePaged } from '../components/use-paged.ts'
import { MaterialDialog } from './material-dialog.tsx'
import { type Material, type MaterialKind, materialKinds } from './material-kinds.ts'

/** Security material of one kind, which is in the address. */
export function SecurityMaterialPage() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const kind = materialKinds.find(({ name }) => name === params.get('kind')) ?? materialKinds[0]
  const [edited, setEdited] = useState<Material | 'another'>()
  const rows = usePaged<Material>(kind.set, { orderBy: 'Name' })
  return (
    <Page
      title={t('security.title')}
      actions={
        <Button design="Emphasized" onClick={() => setEdited('another')}>
          {t('common.create')}
        </Button>
      }
    >
      <SegmentedButton
        accessibleName={t('security.kind')}
        itemsFitContent
        onSelectionChange={({ detail: { selectedItems } }) => {
          const name = selectedItems[0]?.dataset.kind
          if (name !== undefined && name !== kind.name) setParams({ kind: name }, { replace: true })
        }}
      >
        {materialKinds.map(({ name, title }) => (
          <SegmentedButtonItem key={name} data-kind={name} selected={name === kind.name}>
            {t(title)}
          </SegmentedButtonItem>
        ))}
      </SegmentedButton>
      <EntityTable
        key={kind.name}
        label={t(kind.title)}
        columns={useColumns(kind, setEdited)}
        keyOf={({ Name }) => Name}
        rows={rows}
        empty={t('security.empty')}
      />
      {edited !== undefined && <MaterialDialog kind={kind} material={edited} onClose={() => setEdited(undefined)} />}
    </Page>
  )
}

function useColumns(kind: MaterialKind, onEdit: (material: Material) => void): readonly Column<Material>[] {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return [
    { header: t('security.name'), cell: ({ Name }) => Name },
    ...kind.columns.map(({ property, label }) => ({
      header: t(label),
      cell: (material: Material) => material[property],
    })),
    { header: t('security.description'), importance: -2, cell: ({ Description }) => Description },
    { header: t('artifacts.deployedBy'), width: '9rem', importance: -1, cell: row => deploymentOf(row).DeployedBy },
    {
      header: t('artifacts.deployedOn'),
      width: '13rem',
      importance: -1,
      cell: row => <Moment date={dateOf(deploymentOf(row).DeployedOn)} />,
    },
    {
      header: t('common.actions'),
      width: '8rem',
      importance: 1,
      cell: material => (
        <>
          <Button
            icon="edit"
            design="Transparent"
            tooltip={t('common.edit')}
            accessibleName={`${t('common.edit')}: ${material.Name}`}
            onClick={() => onEdit(material)}
          />
          <ConfirmButton
            text={t('common.delete')}
            icon="delete"
            of={material.Name}
            question={t('security.deleteQuestion', { name: material.Name })}
            action={() => change('DELETE', entityPath(kind.set, material.Name))}
            onDone={() => void queries.invalidateQueries()}
          />
        </>
      ),
    },
  ]
}

/** Secure parameters have it in their own properties. */
function deploymentOf(material: Material) {
  return material.SecurityArtifactDescriptor ?? material
}
