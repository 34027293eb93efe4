import '@ui5/webcomponents-icons/dist/delete.js'
import { useTranslation } from 'react-i18next'
import { AddForm } from '../components/add-form.tsx'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { useList } from '../components/use-list.ts'
import { authorizationsKey, groupPath } from './authorization-paths.ts'
import { useAuthorizations, useChanged } from './use-authorizations.tsx'

/** The groups there are: created, opened, deleted. */
export function GroupsPage() {
  const { t } = useTranslation()
  const api = useAuthorizations()
  const changed = useChanged()
  const columns: readonly Column<string>[] = [
    {
      header: t('cockpit.groups.group'),
      sortBy: group => group,
      cell: group => <PageLink to={groupPath(group)}>{group}</PageLink>,
    },
    {
      header: t('common.actions'),
      importance: 1,
      width: '6rem',
      cell: group => (
        <ConfirmButton
          icon="delete"
          text={t('common.delete')}
          of={group}
          question={t('cockpit.groups.deleteText', { group })}
          action={() => api.deleteGroup(group)}
          onDone={changed}
        />
      ),
    },
  ]
  return (
    <Page title={t('cockpit.groups.title')}>
      <AddForm
        label={t('cockpit.groups.name')}
        button={t('common.create')}
        onAdd={group => api.createGroup(group).then(changed)}
      />
      <EntityTable
        label={t('cockpit.groups.title')}
        columns={columns}
        keyOf={group => group}
        rows={useList([...authorizationsKey, 'groups'], api.groups)}
        empty={t('cockpit.groups.empty')}
      />
    </Page>
  )
}
