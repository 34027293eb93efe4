import '@ui5/webcomponents-icons/dist/navigation-down-arrow.js'
import '@ui5/webcomponents-icons/dist/navigation-right-arrow.js'
import { Icon } from '@ui5/webcomponents-react/Icon'
import { type MouseEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Components } from '../api/components.ts'
import type { NewElements } from './canvas/new-elements.ts'
import type { Diagram, DiagramElement, EventBus } from './diagram.ts'
import { matchesSearch, type PaletteGroup, type PaletteItem, paletteGroups, paletteItems } from './palette-items.ts'
import { made, placeElements } from './place-element.ts'
import { StepIcon } from './step-icon.tsx'
import { useItemLabel } from './use-item-label.ts'

export interface PaletteProps {
  readonly diagram: Diagram
  readonly components: Components
}

const openAtFirst: readonly PaletteGroup[] = ['Participants', 'Process', 'Transformation']

/** What can be put into a flow, by groups: to be dragged, or clicked and then placed, or placed by the Enter key. */
export function Palette({ diagram, components }: PaletteProps) {
  const elements = diagram.get<NewElements>('newElements')
  const { t } = useTranslation()
  const labelOf = useItemLabel()
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<ReadonlySet<PaletteGroup>>(new Set(openAtFirst))
  const items = useMemo(() => paletteItems(components), [components])
  const found = items.filter(item => matchesSearch(item, labelOf(item), search))
  const toggle = (group: PaletteGroup) =>
    setOpen(
      current => new Set(current.has(group) ? [...current].filter(other => other !== group) : [...current, group]),
    )
  return (
    <nav className="flow-palette" aria-label={t('flowEditor.palette')}>
      <input
        type="search"
        className="native-input"
        placeholder={t('flowEditor.paletteSearch')}
        aria-label={t('flowEditor.paletteSearch')}
        value={search}
        onChange={event => setSearch(event.target.value)}
      />
      <div className="flow-palette-groups">
        {paletteGroups.map(group => {
          const inGroup = found.filter(item => item.group === group)
          if (inGroup.length === 0) return null
          const isOpen = search !== '' || open.has(group)
          return (
            <section key={group} aria-label={t(`flowEditor.groups.${group}`)}>
              <button type="button" className="flow-palette-group" aria-expanded={isOpen} onClick={() => toggle(group)}>
                <Icon name={isOpen ? 'navigation-down-arrow' : 'navigation-right-arrow'} />
                {t(`flowEditor.groups.${group}`)}
              </button>
              {isOpen &&
                inGroup.map(item => (
                  <PaletteEntry
                    key={item.key}
                    item={item}
                    label={labelOf(item)}
                    diagram={diagram}
                    elements={elements}
                  />
                ))}
            </section>
          )
        })}
        {found.length === 0 && <span className="field-hint">{t('flowEditor.paletteEmpty')}</span>}
      </div>
    </nav>
  )
}

interface PaletteEntryProps {
  readonly item: PaletteItem
  readonly label: string
  readonly diagram: Diagram
  readonly elements: NewElements
}

interface Create {
  start(event: Event, elements: readonly DiagramElement[]): void
}

const dragDistance = 4

function PaletteEntry({ item, label, diagram, elements }: PaletteEntryProps) {
  const wasDragged = useRef(false)
  const start = (event: Event) => diagram.get<Create>('create').start(event, made(item, elements))
  const watch = ({ button, clientX, clientY }: MouseEvent) => {
    wasDragged.current = false
    if (button !== 0) return
    const listening = new AbortController()
    const { signal } = listening
    const moved = (event: globalThis.MouseEvent) => {
      if (Math.hypot(event.clientX - clientX, event.clientY - clientY) < dragDistance) return
      listening.abort()
      wasDragged.current = true
      start(event)
    }
    addEventListener('mousemove', moved, { signal })
    addEventListener('mouseup', () => listening.abort(), { signal })
  }
  const click = (event: MouseEvent) => {
    if (wasDragged.current) return
    // The Enter key clicks, too, but nowhere.
    if (event.detail > 0) return start(event.nativeEvent)
    const reason = placeElements(diagram, made(item, elements))
    if (reason) diagram.get<EventBus>('eventBus').fire('sluice.rejected', { reason })
  }
  return (
    <button type="button" className="flow-palette-entry" title={item.doc} onMouseDown={watch} onClick={click}>
      <StepIcon variant={item.variant} />
      <span>{label}</span>
    </button>
  )
}
