import '@ui5/webcomponents-icons/dist/delete.js'
import '@ui5/webcomponents-icons/dist/edit.js'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { deleteScope, listScopes, type Scope } from '../api/scopes.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Page } from '../components/page.tsx'
import { languageName } from '../components/translations.ts'
import { useList } from '../components/use-list.ts'
import { scopesKey } from './client-paths.ts'
import { ScopeDialog } from './scope-dialog.tsx'
import { descriptionIn } from './scope-text.ts'
import { useApplications } from './use-authorizations.tsx'

/** The scopes of an application: declared, edited, deleted. The application is in the address. */
export function ScopesPage() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { runtime, api } = useApplications()
  const [params, setParams] = useSearchParams()
  const [open, setOpen] = useState<{ readonly scope?: Scope }>()
  const application = params.get('application') === api ? api : runtime
  const changed = () => void queries.invalidateQueries({ queryKey: scopesKey })
  return (
    <Page
      title={t('cockpit.scopes.title')}
      actions={
        <Button design="Emphasized" onClick={() => setOpen({})}>
          {t('cockpit.scopes.create')}
        </Button>
      }
    >
      <span>{t('cockpit.scopes.text')}</span>
      <search className="fields">
        <div>
          <Label for="application">{t('cockpit.assignments.application')}</Label>
          <Select
            id="application"
            value={application}
            onChange={({ target }) => setParams({ application: target.value ?? '' }, { replace: true })}
          >
            {[runtime, api].map(name => (
              <Option key={name} value={name}>
                {name}
              </Option>
            ))}
          </Select>
        </div>
      </search>
      <EntityTable
        label={t('cockpit.scopes.title')}
        columns={useColumns(application, scope => setOpen({ scope }), changed)}
        keyOf={({ id }) => id}
        rows={useList([...scopesKey, application], () => listScopes(application))}
        empty={t('cockpit.scopes.empty', { application })}
      />
      {open && (
        <ScopeDialog
          application={application}
          scope={open.scope}
          onSaved={changed}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Page>
  )
}

function useColumns(
  application: string,
  onEdit: (scope: Scope) => void,
  onDeleted: () => void,
): readonly Column<Scope>[] {
  const { t, i18n } = useTranslation()
  return [
    { header: t('cockpit.scopes.id'), sortBy: ({ id }) => id, cell: ({ id }) => <span className="code">{id}</span> },
    {
      header: t('cockpit.scopes.description'),
      sortBy: scope => descriptionIn(scope, i18n.language),
      cell: scope => descriptionIn(scope, i18n.language),
    },
    {
      header: t('common.translations.button'),
      importance: -1,
      cell: ({ translations }) =>
        Object.keys(translations)
          .map(tag => languageName(tag, i18n.language))
          .join(', '),
    },
    {
      header: t('common.actions'),
      importance: 1,
      width: '8rem',
      cell: scope => (
        <>
          <Button
            icon="edit"
            design="Transparent"
            accessibleName={`${t('common.edit')}: ${scope.id}`}
            tooltip={t('common.edit')}
            onClick={() => onEdit(scope)}
          />
          <ConfirmButton
            icon="delete"
            text={t('common.delete')}
            of={scope.id}
            question={t('cockpit.scopes.deleteText', { id: scope.id, application })}
            action={() => deleteScope(application, scope.id)}
            onDone={onDeleted}
          />
        </>
      ),
    },
  ]
}
