import '@ui5/webcomponents-icons/dist/delete.js'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssignedRole } from '../api/authorizations.ts'
import { NameChoice } from '../components/add-form.tsx'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { useErrorText } from '../components/error-state.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { useList } from '../components/use-list.ts'
import { authorizationsKey, rolePath } from './authorization-paths.ts'
import { useApplications, useAuthorizations, useChanged } from './use-authorizations.tsx'

export interface RoleAssignmentsProps {
  readonly kind: 'user' | 'group'
  readonly name: string
}

/** The roles of a user or a group: listed, assigned, unassigned. */
export function RoleAssignments({ kind, name }: RoleAssignmentsProps) {
  const { t } = useTranslation()
  const api = useAuthorizations()
  const load = () => (kind === 'user' ? api.rolesOfUser(name) : api.rolesOfGroup(name))
  return (
    <Section title={t('cockpit.assignments.title')}>
      <EntityTable
        label={t('cockpit.assignments.title')}
        columns={useColumns({ kind, name })}
        keyOf={role => `${role.applicationName}:${role.name}`}
        rows={useList([...authorizationsKey, 'roles', kind, name], load)}
        empty={t('cockpit.assignments.empty', { name })}
      />
      <AssignForm kind={kind} name={name} />
    </Section>
  )
}

function useColumns({ kind, name: subject }: RoleAssignmentsProps): readonly Column<AssignedRole>[] {
  const { t } = useTranslation()
  const api = useAuthorizations()
  const changed = useChanged()
  const unassign = kind === 'user' ? api.unassignRole : api.unassignRoleFromGroup
  return [
    {
      header: t('cockpit.assignments.application'),
      sortBy: ({ applicationName }) => applicationName,
      cell: ({ applicationName }) => applicationName,
    },
    {
      header: t('cockpit.assignments.role'),
      sortBy: ({ name }) => name,
      cell: ({ applicationName, name }) => <PageLink to={rolePath(applicationName, name)}>{name}</PageLink>,
    },
    {
      header: t('cockpit.roles.type'),
      importance: -1,
      sortBy: ({ type }) => type,
      cell: ({ type }) => t(`cockpit.roles.types.${type}`),
    },
    {
      header: t('common.actions'),
      importance: 1,
      width: '6rem',
      cell: ({ applicationName: application, name: role }) => (
        <ConfirmButton
          icon="delete"
          text={t('cockpit.assignments.unassign')}
          of={role}
          question={t('cockpit.assignments.unassignText', { subject, role, application })}
          action={() => unassign(subject, application, role)}
          onDone={changed}
        />
      ),
    },
  ]
}

function AssignForm({ kind, name }: RoleAssignmentsProps) {
  const { t } = useTranslation()
  const api = useAuthorizations()
  const changed = useChanged()
  const { all } = useApplications()
  const [application, setApplication] = useState('')
  const [role, setRole] = useState('')
  const [isMissing, setMissing] = useState(false)
  const roles = useQuery({
    queryKey: [...authorizationsKey, 'rolesOf', application],
    queryFn: () => api.roles(application),
    enabled: application !== '',
  })
  const assigning = useMutation({
    mutationFn: (wanted: string) =>
      (kind === 'user' ? api.assignRole : api.assignRoleToGroup)(name, application, wanted),
    onSuccess: (_, assigned) => {
      // What was chosen meanwhile is the next role.
      setRole(current => (current === assigned ? '' : current))
      changed()
    },
  })
  const errorText = useErrorText(roles.error ?? assigning.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    assigning.reset()
    setMissing(role === '')
    if (role !== '') assigning.mutate(role)
  }
  const choose = (chosen: string) => {
    setApplication(chosen)
    setRole('')
  }
  return (
    <form className="fields" onSubmit={submit} noValidate>
      <NameChoice label={t('cockpit.assignments.application')} choices={all} value={application} onChange={choose} />
      <NameChoice
        label={t('cockpit.assignments.role')}
        choices={(roles.data ?? []).map(({ name }) => name)}
        value={role}
        onChange={setRole}
        problem={isMissing && role === '' ? t('cockpit.assignments.chooseRole') : errorText}
      >
        <Button type="Submit" loading={assigning.isPending}>
          {t('cockpit.assignments.assign')}
        </Button>
      </NameChoice>
    </form>
  )
}
