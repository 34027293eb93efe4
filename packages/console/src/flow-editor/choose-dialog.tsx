import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** One of the things to choose from. */
export interface Choice {
  readonly key: string
  readonly label: string
  readonly doc: string | undefined
  /** What it is found by, beside its label. */
  readonly words?: string
  readonly icon?: ReactNode
}

export interface ChooseDialogProps {
  readonly title: string
  readonly choices: readonly Choice[]
  /** Said where there is nothing to choose. */
  readonly empty: string
  readonly onChoose: (key: string) => void
  readonly onClose: () => void
}

/** Asks for one of several things; typing narrows them down, Enter takes the first. */
export function ChooseDialog({ title, choices, empty, onChoose, onClose }: ChooseDialogProps) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const words = search.toLowerCase().split(/\s+/)
  const matching = choices.filter(({ label, words: more = '' }) => {
    const text = `${label} ${more}`.toLowerCase()
    return words.every(word => text.includes(word))
  })
  const isMeant = ({ words: more }: Choice) => more?.toLowerCase() === search.toLowerCase()
  const found = [...matching.filter(isMeant), ...matching.filter(choice => !isMeant(choice))]
  const [first] = found
  return (
    <Dialog
      open
      headerText={title}
      onClose={onClose}
      footer={
        <Bar
          design="Footer"
          endContent={
            <Button design="Transparent" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          }
        />
      }
    >
      <div className="flow-choices">
        <input
          type="search"
          className="native-input"
          autoFocus
          placeholder={t('common.search')}
          aria-label={t('common.search')}
          value={search}
          onChange={event => setSearch(event.target.value)}
          onKeyDown={({ key }) => key === 'Enter' && first && onChoose(first.key)}
        />
        <ul>
          {found.map(({ key, label, doc, icon }) => (
            <li key={key}>
              <button type="button" className="flow-choice" onClick={() => onChoose(key)}>
                {icon}
                <span className="flow-choice-label">{label}</span>
                <span className="flow-choice-doc">{doc}</span>
              </button>
            </li>
          ))}
        </ul>
        {found.length === 0 && <span className="field-hint">{empty}</span>}
      </div>
    </Dialog>
  )
}
