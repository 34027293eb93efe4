import '@ui5/webcomponents-icons/dist/begin.js'
import '@ui5/webcomponents-icons/dist/stop.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Diagram, ElementRegistry, Selection } from '../diagram.ts'
import { useDiagramState } from '../use-diagram-state.ts'
import { isEndOfSection, nameOf, type PlaceGroup } from './flow-places.ts'
import type { SimulationInput } from './simulation-input.ts'

export interface SectionFieldsProps {
  readonly diagram: Diagram
  readonly places: readonly PlaceGroup[]
  readonly input: SimulationInput
  readonly onChange: (changed: Partial<SimulationInput>) => void
}

/** Where a simulation begins and ends: chosen from lists, or what is selected on the diagram. */
export function SectionFields({ diagram, places, input, onChange }: SectionFieldsProps) {
  const { t } = useTranslation()
  const selected = useDiagramState(diagram, 'selection.changed', () => diagram.get<Selection>('selection').get()[0])
  const selection = isEndOfSection(selected) ? selected.id : undefined
  return (
    <div className="simulation-section">
      <PlaceSelect
        label={t('simulation.start')}
        none={t('simulation.startOfFlow')}
        value={input.from}
        {...{ diagram, places }}
        onChange={from => onChange({ from })}
      />
      <SelectionButton
        icon="begin"
        text={t('simulation.useStart')}
        selection={selection}
        onClick={from => onChange({ from })}
      />
      <PlaceSelect
        label={t('simulation.end')}
        none={t('simulation.endOfFlow')}
        value={input.to}
        {...{ diagram, places }}
        onChange={to => onChange({ to })}
      />
      <SelectionButton
        icon="stop"
        text={t('simulation.useEnd')}
        selection={selection}
        onClick={to => onChange({ to })}
      />
    </div>
  )
}

interface SelectionButtonProps {
  readonly icon: string
  readonly text: string
  /** ID of what is selected; undefined where it cannot be used. */
  readonly selection: string | undefined
  readonly onClick: (id: string) => void
}

function SelectionButton({ icon, text, selection, onClick }: SelectionButtonProps) {
  const { t } = useTranslation()
  return (
    <Button
      icon={icon}
      accessibleName={text}
      tooltip={selection === undefined ? `${text}. ${t('simulation.select')}` : text}
      disabled={selection === undefined}
      onClick={() => selection !== undefined && onClick(selection)}
    />
  )
}

interface PlaceSelectProps {
  readonly label: string
  /** What is meant where nothing is chosen. */
  readonly none: string
  readonly value: string
  readonly diagram: Diagram
  readonly places: readonly PlaceGroup[]
  readonly onChange: (id: string) => void
}

function PlaceSelect({ label, none, value, diagram, places, onChange }: PlaceSelectProps) {
  const { t } = useTranslation()
  const id = useId()
  const element = value === '' ? undefined : diagram.get<ElementRegistry>('elementRegistry').get(value)
  const isListed = places.some(group => group.places.some(place => place.id === value))
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="native-input"
        value={element ? value : ''}
        onChange={({ target }) => onChange(target.value)}
      >
        <option value="">{none}</option>
        {element && !isListed && <option value={value}>{t('simulation.connection', { name: nameOf(element) })}</option>}
        {places.map(group => (
          <optgroup key={group.id} label={group.name}>
            {group.places.map(place => (
              <option key={place.id} value={place.id}>
                {place.name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </>
  )
}
