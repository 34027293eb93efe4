import '@ui5/webcomponents-icons/dist/delete.js'
import { useTranslation } from 'react-i18next'
import { AddForm } from '../components/add-form.tsx'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { useList } from '../components/use-list.ts'
import { authorizationsKey } from './authorization-paths.ts'
import { useChanged } from './use-authorizations.tsx'

export interface NamesSectionProps {
  readonly title: string
  /** What each name is. */
  readonly of: string
  readonly empty: string
  readonly queryKey: readonly string[]
  readonly load: () => Promise<readonly string[]>
  readonly linkTo: (name: string) => string
  readonly add: {
    readonly button: string
    readonly action: (name: string) => Promise<unknown>
    readonly choices?: readonly string[]
  }
  readonly remove: {
    readonly text: string
    readonly question: (name: string) => string
    readonly action: (name: string) => Promise<unknown>
  }
}

/** Users or groups that belong to something: listed, added, removed. */
export function NamesSection({ title, of, empty, queryKey, load, linkTo, add, remove }: NamesSectionProps) {
  const { t } = useTranslation()
  const changed = useChanged()
  const columns: readonly Column<string>[] = [
    { header: of, sortBy: name => name, cell: name => <PageLink to={linkTo(name)}>{name}</PageLink> },
    {
      header: t('common.actions'),
      importance: 1,
      width: '6rem',
      cell: name => (
        <ConfirmButton
          icon="delete"
          text={remove.text}
          of={name}
          question={remove.question(name)}
          action={() => remove.action(name)}
          onDone={changed}
        />
      ),
    },
  ]
  const { choices } = add
  return (
    <Section title={title}>
      <EntityTable
        label={title}
        columns={columns}
        keyOf={name => name}
        rows={useList([...authorizationsKey, ...queryKey], load)}
        empty={empty}
      />
      <AddForm
        label={of}
        button={add.button}
        onAdd={name => add.action(name).then(changed)}
        {...(choices !== undefined && { choices })}
      />
    </Section>
  )
}
