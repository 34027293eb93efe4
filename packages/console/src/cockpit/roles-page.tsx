import '@ui5/webcomponents-icons/dist/delete.js'
import { Input } from '@ui5/webcomponents-react/Input'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Role } from '../api/authorizations.ts'
import { AddForm } from '../components/add-form.tsx'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { useList } from '../components/use-list.ts'
import { authorizationsKey, rolePath } from './authorization-paths.ts'
import { useApplications, useAuthorizations, useChanged } from './use-authorizations.tsx'

/** The roles of an application; the application and the search are in the address. */
export function RolesPage() {
  const { t } = useTranslation()
  const api = useAuthorizations()
  const changed = useChanged()
  const { all, runtime } = useApplications()
  const [params, setParams] = useSearchParams()
  const application = all.find(name => name === params.get('application')) ?? runtime
  const search = params.get('search') ?? ''
  const rows = useList(
    [...authorizationsKey, 'rolesOf', application],
    () => api.roles(application),
    ({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()),
  )
  return (
    <Page title={t('cockpit.roles.title')}>
      <search className="fields">
        <div>
          <Label for="application">{t('cockpit.assignments.application')}</Label>
          <Select
            id="application"
            value={application}
            onChange={({ target }) => setParams({ application: target.value ?? '' }, { replace: true })}
          >
            {all.map(name => (
              <Option key={name} value={name}>
                {name}
              </Option>
            ))}
          </Select>
        </div>
        <div>
          <Label for="search">{t('common.search')}</Label>
          <Input
            id="search"
            type="Search"
            showClearIcon
            value={search}
            onInput={({ target }) => setParams({ application, search: target.value }, { replace: true })}
          />
        </div>
      </search>
      <AddForm
        key={application}
        label={t('cockpit.roles.newRole')}
        button={t('common.create')}
        onAdd={role => api.createRole(application, role).then(changed)}
      />
      <EntityTable
        label={t('cockpit.roles.title')}
        columns={useColumns(application)}
        keyOf={({ name }) => name}
        rows={rows}
        empty={t('cockpit.roles.noMatch', { search })}
      />
    </Page>
  )
}

function useColumns(application: string): readonly Column<Role>[] {
  const { t } = useTranslation()
  const api = useAuthorizations()
  const changed = useChanged()
  return [
    {
      header: t('cockpit.assignments.role'),
      sortBy: ({ name }) => name,
      cell: ({ name }) => <PageLink to={rolePath(application, name)}>{name}</PageLink>,
    },
    {
      header: t('cockpit.roles.type'),
      width: '10rem',
      sortBy: ({ type }) => type,
      cell: ({ type }) => t(`cockpit.roles.types.${type}`),
    },
    {
      header: t('common.actions'),
      importance: 1,
      width: '6rem',
      cell: ({ name: role, type }) =>
        type === 'CUSTOM' && (
          <ConfirmButton
            icon="delete"
            text={t('common.delete')}
            of={role}
            question={t('cockpit.roles.deleteText', { role, application })}
            action={() => api.deleteRole(application, role)}
            onDone={changed}
          />
        ),
    },
  ]
}
