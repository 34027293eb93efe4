import '@ui5/webcomponents-icons/dist/delete.js'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssertionBasedGroup, GroupRule } from '../api/identity-providers.ts'
import { NameChoice } from '../components/add-form.tsx'
import { ChoiceField } from '../components/choice-field.tsx'
import { FieldNote } from '../components/field-note.tsx'
import { TextField } from '../components/text-field.tsx'
import { authorizationsKey } from './authorization-paths.ts'
import type { ProviderFieldsProps } from './provider-fields.tsx'
import { useAuthorizations } from './use-authorizations.tsx'

const operations = ['equals', 'regexp'] as const
const emptyRule: GroupRule = { assertionAttribute: '', operation: 'equals', value: '' }

/** Which groups the provider puts its users in. */
export function GroupMappingFields({ draft, problems, onChange }: ProviderFieldsProps) {
  const { t } = useTranslation()
  const api = useAuthorizations()
  const groups = useQuery({ queryKey: [...authorizationsKey, 'groups'], queryFn: api.groups }).data ?? []
  const { defaultGroups, assertionBasedGroups } = draft
  const replaced = (at: number, entry: AssertionBasedGroup) =>
    onChange({ assertionBasedGroups: assertionBasedGroups.with(at, entry) })
  return (
    <>
      <fieldset className="form">
        <legend>{t('cockpit.providers.defaultGroups')}</legend>
        {defaultGroups.map(group => (
          <div key={group} className="field-line">
            <span>{group}</span>
            <RemoveButton
              text={t('cockpit.providers.removeGroup', { group })}
              onClick={() => onChange({ defaultGroups: defaultGroups.filter(other => other !== group) })}
            />
          </div>
        ))}
        <AddGroup
          label={t('cockpit.providers.defaultGroup')}
          button={t('cockpit.providers.addDefaultGroup')}
          groups={groups.filter(group => !defaultGroups.includes(group))}
          onAdd={group => onChange({ defaultGroups: [...defaultGroups, group] })}
        />
        <FieldNote problem={problems.defaultGroups} hint={t('cockpit.providers.defaultGroupsHint')} />
      </fieldset>
      <fieldset className="form">
        <legend>{t('cockpit.providers.assertionBasedGroups')}</legend>
        <FieldNote problem={problems.assertionBasedGroups} hint={t('cockpit.providers.mappingHint')} />
        {assertionBasedGroups.map((entry, at) => (
          <Entry
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have nothing else that tells them apart
            key={at}
            entry={entry}
            number={at + 1}
            onChange={changed => replaced(at, changed)}
            onRemove={() => onChange({ assertionBasedGroups: assertionBasedGroups.filter((_, other) => other !== at) })}
          />
        ))}
        <AddGroup
          label={t('cockpit.providers.group')}
          button={t('cockpit.providers.addMapping')}
          groups={groups}
          onAdd={group => onChange({ assertionBasedGroups: [...assertionBasedGroups, { group, rules: [emptyRule] }] })}
        />
      </fieldset>
    </>
  )
}

interface EntryProps {
  readonly entry: AssertionBasedGroup
  readonly number: number
  readonly onChange: (entry: AssertionBasedGroup) => void
  readonly onRemove: () => void
}

function Entry({ entry: { group, rules }, number, onChange, onRemove }: EntryProps) {
  const { t } = useTranslation()
  const change = (changed: readonly GroupRule[]) => onChange({ group, rules: changed })
  return (
    <fieldset className="form">
      <legend>{t('cockpit.providers.entry', { number, group })}</legend>
      {rules.map((rule, at) => (
        <RuleFields
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have nothing else that tells them apart
          key={at}
          rule={rule}
          of={t('cockpit.providers.ruleOf', { number, rule: at + 1 })}
          onChange={changed => change(rules.with(at, changed))}
          {...(rules.length > 1 && { onRemove: () => change(rules.filter((_, other) => other !== at)) })}
        />
      ))}
      <div className="form-actions">
        <Button onClick={() => change([...rules, emptyRule])}>{t('cockpit.providers.addRule')}</Button>
        <RemoveButton text={t('cockpit.providers.removeEntry', { number, group })} onClick={onRemove} />
      </div>
    </fieldset>
  )
}

interface RuleFieldsProps {
  readonly rule: GroupRule
  /** Which rule it is, for people who do not see where the fields are. */
  readonly of: string
  readonly onChange: (rule: GroupRule) => void
  readonly onRemove?: () => void
}

function RuleFields({ rule, of, onChange, onRemove }: RuleFieldsProps) {
  const { t } = useTranslation()
  return (
    <div className="fields">
      <TextField
        label={`${t('cockpit.providers.attribute')} (${of})`}
        value={rule.assertionAttribute}
        onChange={assertionAttribute => onChange({ ...rule, assertionAttribute })}
      />
      <ChoiceField
        label={`${t('cockpit.providers.operation')} (${of})`}
        options={operations.map(operation => [operation, t(`cockpit.providers.operations.${operation}`)])}
        value={rule.operation}
        onChange={operation => onChange({ ...rule, operation })}
      />
      <TextField
        label={`${t('cockpit.providers.value')} (${of})`}
        value={rule.value}
        onChange={value => onChange({ ...rule, value })}
      >
        {onRemove && <RemoveButton text={t('cockpit.providers.removeRule', { of })} onClick={onRemove} />}
      </TextField>
    </div>
  )
}

function RemoveButton({ text, onClick }: { readonly text: string; readonly onClick: () => void }) {
  return <Button icon="delete" design="Transparent" accessibleName={text} tooltip={text} onClick={onClick} />
}

interface AddGroupProps {
  readonly label: string
  readonly button: string
  readonly groups: readonly string[]
  readonly onAdd: (group: string) => void
}

function AddGroup({ label, button, groups, onAdd }: AddGroupProps) {
  const [group, setGroup] = useState('')
  const add = () => {
    if (group !== '') onAdd(group)
    setGroup('')
  }
  return (
    <NameChoice label={label} choices={groups} value={group} onChange={setGroup}>
      <Button onClick={add}>{button}</Button>
    </NameChoice>
  )
}
