import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { PropertyComponent } from '../../api/components.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import type { FlowElement } from '../flow-changes.ts'
import { TextControl } from './controls.tsx'
import { FieldRow } from './field-row.tsx'
import { PropertyFields } from './property-fields.tsx'
import { elementsOf, useSheet } from './sheet.ts'
import { hasLabel, namingChanges } from './sheet-changes.ts'

/** What every element has, and what the registry puts beside it. */
export function GeneralTab({ properties }: { readonly properties: readonly PropertyComponent[] }) {
  const { t } = useTranslation()
  const { model, element } = useSheet()
  const { kind, typeLabel, direction, version, versions } = model
  return (
    <div className="sheet-fields">
      {kind !== 'flow' && <NameField />}
      <Fact label={t('sheet.id')} value={element.id} isCopied />
      {kind === 'channel' && <Fact label={t('sheet.adapter')} value={typeLabel ?? t('sheet.noAdapter')} />}
      {direction && <Fact label={t('sheet.direction')} value={t(directions[direction])} />}
      {version && <Fact label={t('sheet.version')} value={version} hint={versions && t('sheet.versions', versions)} />}
      <PropertyFields properties={properties} />
    </div>
  )
}

const directions = { Sender: 'sheet.sender', Receiver: 'sheet.receiver' } as const

function NameField() {
  const { t } = useTranslation()
  const { element, modeler, isReadOnly, change } = useSheet()
  const id = useId()
  const { businessObject } = element
  const rename = (name: string) => {
    const root = modeler.get<{ getRootElement(): FlowElement }>('canvas').getRootElement().businessObject
    const channels = elementsOf(root).filter(({ $type }) => $type === 'bpmn:MessageFlow')
    const changes = namingChanges(businessObject, name, channels)
    if (hasLabel(businessObject)) change({ name, changes })
    else change({ changes: [{ target: businessObject, properties: { name } }, ...changes] })
  }
  return (
    <FieldRow id={id} label={t('sheet.name')}>
      <TextControl
        id={id}
        label={t('sheet.name')}
        value={businessObject.name ?? ''}
        isReadOnly={isReadOnly}
        onCommit={rename}
      />
    </FieldRow>
  )
}

interface FactProps {
  readonly label: string
  readonly value: string
  readonly hint?: string | undefined
  readonly isCopied?: boolean
}

/** What is known and cannot be changed. */
function Fact({ label, value, hint, isCopied = false }: FactProps) {
  const id = useId()
  return (
    <FieldRow id={id} label={label} doc={hint}>
      <span id={id} className="sheet-fact">
        {value}
      </span>
      {isCopied && <CopyButton text={value} of={label} />}
    </FieldRow>
  )
}
