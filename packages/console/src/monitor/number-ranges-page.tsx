import { useQueryClient } from '@tanstack/react-query'
import '@ui5/webcomponents-icons/dist/delete.js'
import '@ui5/webcomponents-icons/dist/edit.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { change, createEntity, dateOf, entityPath } from '../api/odata.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { FormDialog } from '../components/form-dialog.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { usePaged } from '../components/use-paged.ts'

interface NumberRange {
  readonly Name: string
  readonly Description: string | null
  readonly MinValue: string
  readonly MaxValue: string
  readonly CurrentValue: string
  readonly FieldLength: string
  /** `true`: begins again after the last. */
  readonly Rotate: string
  readonly DeployedBy: string | null
  readonly DeployedOn: string | null
}

/** Number ranges, from which flows take numbers. */
export function NumberRangesPage() {
  const { t } = useTranslation()
  const [edited, setEdited] = useState<NumberRange | 'another'>()
  const rows = usePaged<NumberRange>('NumberRanges', { orderBy: 'Name' })
  return (
    <Page
      title={t('numberRanges.title')}
      actions={
        <Button design="Emphasized" onClick={() => setEdited('another')}>
          {t('common.create')}
        </Button>
      }
    >
      <EntityTable
        label={t('numberRanges.title')}
        columns={useColumns(setEdited)}
        keyOf={({ Name }) => Name}
        rows={rows}
        empty={t('numberRanges.empty')}
      />
      {edited !== undefined && <NumberRangeDialog range={edited} onClose={() => setEdited(undefined)} />}
    </Page>
  )
}

function useColumns(onEdit: (range: NumberRange) => void): readonly Column<NumberRange>[] {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return [
    { header: t('numberRanges.name'), cell: ({ Name }) => Name },
    { header: t('numberRanges.description'), importance: -2, cell: ({ Description }) => Description },
    { header: t('numberRanges.min'), width: '7rem', align: 'End', importance: -1, cell: range => range.MinValue },
    { header: t('numberRanges.max'), width: '8rem', align: 'End', cell: ({ MaxValue }) => MaxValue },
    { header: t('numberRanges.current'), width: '8rem', align: 'End', cell: ({ CurrentValue }) => CurrentValue },
    {
      header: t('artifacts.deployedOn'),
      width: '13rem',
      importance: -3,
      cell: ({ DeployedOn }) => <Moment date={dateOf(DeployedOn)} />,
    },
    {
      header: t('common.actions'),
      width: '8rem',
      importance: 1,
      cell: range => (
        <>
          <Button
            icon="edit"
            design="Transparent"
            tooltip={t('common.edit')}
            accessibleName={`${t('common.edit')}: ${range.Name}`}
            onClick={() => onEdit(range)}
          />
          <ConfirmButton
            text={t('common.delete')}
            icon="delete"
            of={range.Name}
            question={t('numberRanges.deleteQuestion', { name: range.Name })}
            action={() => change('DELETE', entityPath('NumberRanges', range.Name))}
            onDone={() => void queries.invalidateQueries()}
          />
        </>
      ),
    },
  ]
}

const usual = {
  Name: '',
  Description: '',
  MinValue: '0',
  MaxValue: '999999',
  CurrentValue: '0',
  FieldLength: '0',
  Rotate: 'true',
}

interface DialogProps {
  readonly range: NumberRange | 'another'
  readonly onClose: () => void
}

function NumberRangeDialog({ range, onClose }: DialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const isAnother = range === 'another'
  const { Name, Description, MinValue, MaxValue, CurrentValue, FieldLength, Rotate } = isAnother ? usual : range
  return (
    <FormDialog
      title={isAnother ? t('numberRanges.create') : t('numberRanges.edit', { name: Name })}
      submit={isAnother ? t('common.create') : t('common.save')}
      fields={[
        { name: 'Name', label: t('numberRanges.name'), required: true, isFixed: !isAnother },
        { name: 'Description', label: t('numberRanges.description') },
        { name: 'MinValue', label: t('numberRanges.min'), required: true },
        { name: 'MaxValue', label: t('numberRanges.max'), required: true },
        { name: 'CurrentValue', label: t('numberRanges.current'), required: true },
        { name: 'FieldLength', label: t('numberRanges.length'), hint: t('numberRanges.lengthHint'), required: true },
        { name: 'Rotate', label: t('numberRanges.rotate'), kind: 'check' },
      ]}
      initial={{ Name, Description: Description ?? '', MinValue, MaxValue, CurrentValue, FieldLength, Rotate }}
      onSubmit={async values => {
        if (isAnother) await createEntity('NumberRanges', values)
        else await change('PUT', entityPath('NumberRanges', Name), values)
        await queries.invalidateQueries()
      }}
      onClose={onClose}
    />
  )
}
