import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { dateOf, entityPath, readEntity } from '../api/odata.ts'
import { CopyButton } from '../components/copy-button.tsx'
import { EntityTable } from '../components/entity-table.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { Section } from '../components/section.tsx'
import { usePaged } from '../components/use-paged.ts'
import type { KeystoreEntry } from './keystore-entry.ts'
import { EntryDownloads, SigningResponseButton } from './keystore-entry-actions.tsx'
import { Validity } from './keystore-page.tsx'

/** One entry of the keystore: its certificate, and the chain of a key pair. */
export function KeystoreEntryPage() {
  const { t } = useTranslation()
  const { hexalias = '' } = useParams()
  const path = entityPath('KeystoreEntries', hexalias)
  const { data, error, refetch } = useQuery({ queryKey: [path], queryFn: () => readEntity<KeystoreEntry>(path) })
  return (
    <Page
      title={data?.Alias ?? t('keystore.entry')}
      actions={data?.Type === 'Key Pair' && <SigningResponseButton entry={data} />}
    >
      {data ? (
        <>
          <EntryFacts entry={data} />
          <EntryDownloads entry={data} />
          {data.Type === 'Key Pair' && <Chain path={path} />}
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <BusyIndicator active delay={300} text={t('common.loading')} />
      )}
    </Page>
  )
}

function EntryFacts({ entry }: { readonly entry: KeystoreEntry }) {
  const { t } = useTranslation()
  const moment = (name: string, value: string | null) => [name, <Moment key={name} date={dateOf(value)} />] as const
  const print = (name: string, value: string | null) =>
    [
      name,
      value && (
        <span key={name} className="copied">
          <span className="code">{value}</span>
          <CopyButton text={value} of={name} />
        </span>
      ),
    ] as const
  return (
    <Section title={t('keystore.entry')}>
      <Facts
        facts={[
          [t('messages.status'), <Validity key="validity" entry={entry} />],
          [t('keystore.type'), entry.Type],
          [t('keystore.owner'), entry.Owner],
          [t('keystore.subject'), entry.SubjectDN],
          [t('keystore.issuer'), entry.IssuerDN],
          [t('keystore.serialNumber'), entry.SerialNumber],
          [t('keystore.key'), [entry.KeyType, entry.EllipticCurve ?? entry.KeySize].filter(Boolean).join(' ')],
          [t('keystore.signature'), entry.SignatureAlgorithm],
          moment(t('keystore.validFrom'), entry.ValidNotBefore),
          moment(t('keystore.validUntil'), entry.ValidNotAfter),
          [t('keystore.createdBy'), entry.CreatedBy],
          moment(t('keystore.created'), entry.CreatedTime),
          [t('keystore.modifiedBy'), entry.LastModifiedBy],
          moment(t('keystore.modified'), entry.LastModifiedTime),
          print('SHA-1', entry.FingerprintSha1),
          print('SHA-256', entry.FingerprintSha256),
        ]}
      />
    </Section>
  )
}

interface ChainCertificate {
  readonly Index: number
  readonly SubjectDN: string | null
  readonly IssuerDN: string | null
  readonly ValidNotAfter: string | null
}

function Chain({ path }: { readonly path: string }) {
  const { t } = useTranslation()
  const rows = usePaged<ChainCertificate>(`${path}/ChainCertificates`, {})
  return (
    <Section title={t('keystore.chain')}>
      <EntityTable
        label={t('keystore.chain')}
        columns={[
          { header: t('keystore.subject'), cell: ({ SubjectDN }) => SubjectDN },
          { header: t('keystore.issuer'), cell: ({ IssuerDN }) => IssuerDN },
          {
            header: t('keystore.validUntil'),
            width: '14rem',
            cell: ({ ValidNotAfter }) => <Moment date={dateOf(ValidNotAfter)} />,
          },
        ]}
        keyOf={({ Index }) => String(Index)}
        rows={rows}
        empty={t('message.nothing')}
      />
    </Section>
  )
}
