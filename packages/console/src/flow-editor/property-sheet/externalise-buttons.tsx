import '@ui5/webcomponents-icons/dist/chain-link.js'
import '@ui5/webcomponents-icons/dist/disconnected.js'
import '@ui5/webcomponents-icons/dist/edit.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { valueAt } from './externalisation.ts'
import { ExternaliseDialog } from './externalise-dialog.tsx'
import { parametersIn, resolve } from './field-value.ts'
import { ParameterValuesDialog } from './parameter-values-dialog.tsx'
import type { Externalisable } from './use-externalisable.ts'

/** Puts a value into a parameter, changes what its parameters are, and takes them out again. */
export function ExternaliseButtons(props: Externalisable) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { label, value, place, state, onChange } = props
  const names = parametersIn(value)
  const isExternalised = names.length > 0
  const remove = () => onChange(valueAt(resolve(value, state.parameters), place), undefined)
  return (
    <>
      <IconButton
        icon={isExternalised ? 'edit' : 'chain-link'}
        text={t(isExternalised ? 'sheet.editParameters' : 'sheet.externalise')}
        of={label}
        onClick={() => setOpen(true)}
      />
      {names.some(name => state.parameters.has(name)) && (
        <IconButton icon="disconnected" text={t('sheet.removeExternalisation')} of={label} onClick={remove} />
      )}
      {isOpen &&
        (isExternalised ? (
          <ParameterValuesDialog {...props} names={names} onClose={() => setOpen(false)} />
        ) : (
          <ExternaliseDialog {...props} onClose={() => setOpen(false)} />
        ))}
    </>
  )
}

interface IconButtonProps {
  readonly icon: string
  readonly text: string
  /** For people who do not see where the button is. */
  readonly of: string
  readonly disabled?: boolean
  readonly onClick: () => void
}

/** A button that shows an icon only. */
export function IconButton({ icon, text, of, disabled = false, onClick }: IconButtonProps) {
  return (
    <Button
      icon={icon}
      design="Transparent"
      tooltip={text}
      accessibleName={`${text}: ${of}`}
      disabled={disabled}
      onClick={onClick}
    />
  )
}
