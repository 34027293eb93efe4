import '@ui5/webcomponents-icons/dist/delete.js'
import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldNote } from './field-note.tsx'
import { TextField } from './text-field.tsx'
import { languageName, languages, type Translated, withoutEmpty } from './translations.ts'

export interface TranslationsFieldProps<Field extends string> {
  /** What is translated, by its name. */
  readonly of: string
  readonly fields: readonly { readonly name: Field; readonly label: string }[]
  readonly value: Translated<Field>
  readonly onChange: (value: Translated<Field>) => void
  readonly problem?: string | undefined
}

/** Says in which languages there are texts, and opens the dialog to change them. */
export function TranslationsField<Field extends string>(props: TranslationsFieldProps<Field>) {
  const { t, i18n } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const names = Object.keys(props.value).map(tag => languageName(tag, i18n.language))
  return (
    <div>
      <Label>{t('common.translations.button')}</Label>
      <div className="field-line">
        <span>{names.join(', ') || t('common.translations.none')}</span>
        <Button onClick={() => setOpen(true)}>{t('common.translations.button')}</Button>
      </div>
      <FieldNote problem={props.problem} />
      {isOpen && <TranslationsDialog {...props} onClose={() => setOpen(false)} />}
    </div>
  )
}

interface TranslationsDialogProps<Field extends string> extends TranslationsFieldProps<Field> {
  readonly onClose: () => void
}

function TranslationsDialog<Field extends string>(props: TranslationsDialogProps<Field>) {
  const { of, fields, value, onChange, onClose } = props
  const { t, i18n } = useTranslation()
  const [draft, setDraft] = useState(value)
  const apply = () => {
    onChange(withoutEmpty(draft))
    onClose()
  }
  return (
    <Dialog
      open
      headerText={t('common.translations.title', { of })}
      onClose={onClose}
      footer={
        <Bar
          design="Footer"
          endContent={
            <>
              <Button design="Emphasized" onClick={apply}>
                {t('common.translations.apply')}
              </Button>
              <Button design="Transparent" onClick={onClose}>
                {t('common.cancel')}
              </Button>
            </>
          }
        />
      }
    >
      <div className="form">
        <span>{t('common.translations.text')}</span>
        {Object.entries(draft).map(([tag, texts]) => (
          <Language
            key={tag}
            name={languageName(tag, i18n.language)}
            fields={fields}
            texts={texts}
            onChange={changed => setDraft({ ...draft, [tag]: changed } as Translated<Field>)}
            onRemove={() => setDraft(without(draft, tag))}
          />
        ))}
        <AddLanguage taken={Object.keys(draft)} onAdd={tag => setDraft({ ...draft, [tag]: {} } as Translated<Field>)} />
      </div>
    </Dialog>
  )
}

function without<Field extends string>(translations: Translated<Field>, language: string): Translated<Field> {
  return Object.fromEntries(Object.entries(translations).filter(([tag]) => tag !== language))
}

interface LanguageProps<Field extends string> {
  readonly name: string
  readonly fields: TranslationsFieldProps<Field>['fields']
  readonly texts: Readonly<Partial<Record<Field, string>>>
  readonly onChange: (texts: Readonly<Partial<Record<Field, string>>>) => void
  readonly onRemove: () => void
}

function Language<Field extends string>({ name, fields, texts, onChange, onRemove }: LanguageProps<Field>) {
  const { t } = useTranslation()
  return (
    <fieldset className="form">
      <legend>{name}</legend>
      {fields.map((field, index) => (
        <TextField
          key={field.name}
          label={`${field.label} (${name})`}
          value={texts[field.name] ?? ''}
          onChange={text => onChange({ ...texts, [field.name]: text })}
        >
          {index === 0 && (
            <Button
              icon="delete"
              design="Transparent"
              accessibleName={t('common.translations.remove', { language: name })}
              tooltip={t('common.translations.remove', { language: name })}
              onClick={onRemove}
            />
          )}
        </TextField>
      ))}
    </fieldset>
  )
}

interface AddLanguageProps {
  readonly taken: readonly string[]
  readonly onAdd: (tag: string) => void
}

function AddLanguage({ taken, onAdd }: AddLanguageProps) {
  const { t, i18n } = useTranslation()
  const [chosen, setChosen] = useState('')
  const free = languages
    .filter(tag => !taken.includes(tag))
    .map(tag => [tag, languageName(tag, i18n.language)] as const)
    .sort(([, one], [, other]) => one.localeCompare(other, i18n.language))
  const add = () => {
    if (chosen !== '') onAdd(chosen)
    setChosen('')
  }
  return (
    <div className="field-line">
      <Select
        accessibleName={t('common.translations.language')}
        value={chosen}
        onChange={({ target }) => setChosen(target.value ?? '')}
      >
        <Option value="">{t('common.choose')}</Option>
        {free.map(([tag, name]) => (
          <Option key={tag} value={tag}>
            {name}
          </Option>
        ))}
      </Select>
      <Button onClick={add}>{t('common.translations.add')}</Button>
    </div>
  )
}
