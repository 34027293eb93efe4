import '@ui5/webcomponents-icons/dist/decline.js'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { type IssuedToken, listTokens, revokeToken, revokeTokensOf, type TokenSearch } from '../api/oauth.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { TextField } from '../components/text-field.tsx'
import { useList } from '../components/use-list.ts'
import { GivenAuthorizations } from './given-authorizations.tsx'

const tokensKey = ['tokens'] as const

/**
 * The opaque tokens that are valid and what users allowed clients, of a client, a user or everybody: revoked one by one, or
 * all at once. The search is in the address.
 */
export function TokensPage() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [params] = useSearchParams()
  const clientId = params.get('client') ?? ''
  const user = params.get('user') ?? ''
  const rows = useList([...tokensKey, 'opaque', clientId, user], () => listTokens({ clientId, user }))
  const changed = () => void queries.invalidateQueries({ queryKey: tokensKey })
  const refresh = <Button onClick={changed}>{t('common.refresh')}</Button>
  return (
    <Page
      title={t('cockpit.tokens.title')}
      actions={
        <>
          {refresh}
          {(clientId === '' || user === '') && <RevokeAll clientId={clientId} user={user} onDone={changed} />}
        </>
      }
    >
      <SearchForm key={`${clientId} ${user}`} clientId={clientId} user={user} />
      <EntityTable
        label={t('cockpit.tokens.title')}
        columns={useColumns(changed)}
        keyOf={({ id }) => id}
        rows={rows}
        empty={t(clientId === '' && user === '' ? 'cockpit.tokens.empty' : 'cockpit.tokens.noMatch')}
      />
      <span className="field-hint">{t('cockpit.tokens.hint')}</span>
      <GivenAuthorizations
        queryKey={[...tokensKey, 'authorizations', clientId, user]}
        search={{ clientId, user }}
        onRevoked={changed}
      />
    </Page>
  )
}

/** Revokes what is found: all of a client, of a user, or of everybody. */
function RevokeAll({ clientId, user, onDone }: TokenSearch & { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const whose =
    clientId !== ''
      ? { of: clientId, question: t('cockpit.tokens.revokeAllText', { clientId }), search: { clientId } }
      : user !== ''
        ? { of: user, question: t('cockpit.tokens.revokeAllOfUserText', { user }), search: { user } }
        : {
            of: t('cockpit.tokens.everybody'),
            question: t('cockpit.tokens.revokeAllOfEverybodyText'),
            search: { all: 'true' } as const,
          }
  return (
    <ConfirmButton
      text={t('cockpit.tokens.revokeAll')}
      of={whose.of}
      question={whose.question}
      action={() => revokeTokensOf(whose.search)}
      onDone={onDone}
    />
  )
}

function SearchForm({ clientId, user }: { readonly clientId: string; readonly user: string }) {
  const { t } = useTranslation()
  const setParams = useSearchParams()[1]
  const [typedClient, setClient] = useState(clientId)
  const [typedUser, setUser] = useState(user)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = { client: typedClient.trim(), user: typedUser.trim() }
    setParams(Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== '')))
  }
  return (
    <search>
      <form className="fields" onSubmit={submit} noValidate>
        <TextField label={t('cockpit.tokens.client')} value={typedClient} onChange={setClient} />
        <TextField label={t('cockpit.users.user')} value={typedUser} onChange={setUser}>
          <Button type="Submit">{t('common.search')}</Button>
        </TextField>
      </form>
    </search>
  )
}

function useColumns(onRevoked: () => void): readonly Column<IssuedToken>[] {
  const { t } = useTranslation()
  return [
    {
      header: t('cockpit.tokens.client'),
      sortBy: ({ clientId }) => clientId,
      cell: ({ clientId }) => <span className="code">{clientId}</span>,
    },
    { header: t('cockpit.users.user'), sortBy: ({ user }) => user, cell: ({ user }) => user },
    {
      header: t('cockpit.assignments.application'),
      sortBy: ({ application }) => application,
      importance: -1,
      cell: ({ application }) => application || t('cockpit.platform.title'),
    },
    {
      header: t('cockpit.tokens.issued'),
      sortBy: ({ issuedAt }) => issuedAt,
      width: '12.5rem',
      cell: ({ issuedAt }) => <Moment date={new Date(issuedAt)} />,
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
          of={id.slice(-8)}
          question={t('cockpit.tokens.revokeText', { user, clientId })}
          action={() => revokeToken(id)}
          onDone={onRevoked}
        />
      ),
    },
  ]
}
