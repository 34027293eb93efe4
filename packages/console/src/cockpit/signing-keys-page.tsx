import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Tag } from '@ui5/webcomponents-react/Tag'
import { useTranslation } from 'react-i18next'
import { listSigningKeys, revokeSigningKey, rotateSigningKeys, type SigningKey } from '../api/signing-keys.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { wholeList } from '../components/use-list.ts'

const queryKey = ['signing-keys']
const designs = { next: 'Information', current: 'Positive', previous: 'Neutral' } as const

/** The keys of JWTs: what each does, the next rotation, and the end of one that got into wrong hands. */
export function SigningKeysPage() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const changed = () => void queries.invalidateQueries({ queryKey })
  const found = useQuery({ queryKey, queryFn: listSigningKeys })
  const rotatesAt = found.data?.rotatesAt
  return (
    <Page
      title={t('cockpit.signingKeys.title')}
      actions={
        <ConfirmButton
          text={t('cockpit.signingKeys.rotate')}
          of={t('cockpit.signingKeys.title')}
          question={t('cockpit.signingKeys.rotateText')}
          action={rotateSigningKeys}
          onDone={changed}
          isHarmless
        />
      }
    >
      <span>{t('cockpit.signingKeys.text')}</span>
      {found.data && (
        <Facts
          facts={[
            [
              t('cockpit.signingKeys.rotatesAt'),
              rotatesAt === undefined ? (
                t('cockpit.signingKeys.byHand')
              ) : (
                <Moment key="at" date={new Date(rotatesAt)} />
              ),
            ],
          ]}
        />
      )}
      <EntityTable
        label={t('cockpit.signingKeys.title')}
        columns={useColumns(changed)}
        keyOf={({ kid }) => kid}
        rows={wholeList(found, found.data?.keys)}
        empty={t('cockpit.signingKeys.empty')}
      />
    </Page>
  )
}

function useColumns(onRevoked: () => void): readonly Column<SigningKey>[] {
  const { t } = useTranslation()
  const moment = (text: string | undefined) => <Moment date={text === undefined ? undefined : new Date(text)} />
  return [
    { header: t('cockpit.signingKeys.kid'), cell: ({ kid }) => <span className="code">{kid}</span> },
    {
      header: t('cockpit.signingKeys.state'),
      width: '7rem',
      cell: ({ state }) => (
        <Tag design={designs[state]} hideStateIcon>
          {t(`cockpit.signingKeys.states.${state}`)}
        </Tag>
      ),
    },
    {
      header: t('cockpit.signingKeys.created'),
      importance: -2,
      cell: ({ createdAt }) => moment(createdAt),
    },
    { header: t('cockpit.signingKeys.signsFrom'), cell: ({ signsFrom }) => moment(signsFrom) },
    {
      header: t('cockpit.signingKeys.verifiesUntil'),
      importance: -1,
      cell: ({ verifiesUntil }) => moment(verifiesUntil),
    },
    {
      header: t('common.actions'),
      importance: 1,
      width: '8rem',
      cell: ({ kid, state }) => (
        <ConfirmButton
          text={t('cockpit.signingKeys.revoke')}
          of={kid}
          question={t(
            state === 'current' ? 'cockpit.signingKeys.revokeCurrentText' : 'cockpit.signingKeys.revokeText',
            { kid },
          )}
          action={() => revokeSigningKey(kid)}
          onDone={onRevoked}
        />
      ),
    },
  ]
}
