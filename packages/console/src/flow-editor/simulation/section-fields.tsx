import { Button } from '@ui5/webcomponents-react/Button'
import { Label } from '@ui5/webcomponents-react/Label'
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
  const hint = selection === undefined ? { tooltip: t('simulation.select') } : {}
  return (
    <div className="simulation-section">
      <PlaceSelect
        label={t('simulation.start')}
        none={t('simulation.startOfFlow')}
        value={input.from}
        {...{ diagram, places }}
        onChange={from => onChange({ from })}
      />
      <Button disabled={selection === undefined} {...hint} onClick={() => selection && onChange({ from: selection })}>
        {t('simulation.useStart')}
      </Button>
      <PlaceSelect
        label={t('simulation.end')}
        none={t('simulation.endOfFlow')}
        value={input.to}
        {...{ diagram, places }}
        onChange={to => onChange({ to })}
      />
      <Button disabled={selection === undefined} {...hint} onClick={() => selection && onChange({ to: selection })}>
        {t('simulation.useEnd')}
      </Button>
    </div>
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
      <Label for={id}>{label}</Label>
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
