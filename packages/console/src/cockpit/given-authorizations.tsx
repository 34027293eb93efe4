import '@ui5/webcomponents-icons/dist/decline.js'
import { useTranslation } from 'react-i18next'
import { type GivenAuthorization, listAuthorizations, revokeAuthorization, type TokenSearch } from '../api/oauth.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Section } from '../components/section.tsx'
import { useList } from '../components/use-list.ts'

export interface GivenAuthorizationsProps {
  readonly search: TokenSearch
  readonly queryKey: readonly string[]
  readonly onRevoked: () => void
}

/** What users allowed clients, to be revoked with all its tokens. */
export function GivenAuthorizations({ search, queryKey, onRevoked }: GivenAuthorizationsProps) {
  const { t } = useTranslation()
  const isAll = search.clientId === '' && search.user === ''
  return (
    <Section title={t('cockpit.tokens.authorizations')}>
      <EntityTable
        label={t('cockpit.tokens.authorizations')}
        columns={useColumns(onRevoked)}
        keyOf={({ id }) => String(id)}
        rows={useList(queryKey, () => listAuthorizations(search))}
        empty={t(isAll ? 'cockpit.tokens.noAuthorization' : 'cockpit.tokens.noMatchingAuthorization')}
      />
      <span className="field-hint">{t('cockpit.tokens.authorizationsHint')}</span>
    </Section>
  )
}

function useColumns(onRevoked: () => void): readonly Column<GivenAuthorization>[] {
  const { t } = useTranslation()
  return [
    {
      header: t('cockpit.tokens.client'),
      sortBy: ({ clientId }) => clientId,
      cell: ({ clientId }) => <span className="code">{clientId}</span>,
    },
    { header: t('cockpit.users.user'), sortBy: ({ user }) => user, cell: ({ user }) => user },
    {
      header: t('cockpit.tokens.scopes'),
      importance: -1,
      sortBy: ({ scopes }) => scopes.join(' '),
      cell: ({ scopes }) => scopes.join(' '),
    },
    {
      header: t('cockpit.tokens.usedAt'),
      sortBy: ({ usedAt }) => usedAt,
      width: '12.5rem',
      cell: ({ usedAt }) => <Moment date={new Date(usedAt)} />,
    },
    {
      header: t('cockpit.tokens.validUntil'),
      sortBy: ({ validUntil }) => validUntil,
      width: '12.5rem',
      cell: ({ validUntil }) => <Moment date={new Date(validUntil)} />,
    },
    {
      header: t('common.actions'),
      importance: 1,
      width: '6rem',
      cell: ({ id, user, clientId }) => (
        <ConfirmButton
          icon="decline"
          text={t('cockpit.tokens.revoke')}
          of={`${user}, ${clientId}`}
          question={t('cockpit.tokens.revokeAuthorizationText', { user, clientId })}
          action={() => revokeAuthorization(id)}
          onDone={onRevoked}
        />
      ),
    },
  ]
}
