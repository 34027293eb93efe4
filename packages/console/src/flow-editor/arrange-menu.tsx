import '@ui5/webcomponents-icons/dist/grid.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Menu } from '@ui5/webcomponents-react/Menu'
import { MenuItem } from '@ui5/webcomponents-react/MenuItem'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Diagram, DiagramElement, Selection } from './diagram.ts'

interface Arranging {
  trigger(elements: readonly DiagramElement[], how: string): void
}

const alignments = ['left', 'center', 'right', 'top', 'middle', 'bottom'] as const
const distributions = ['horizontal', 'vertical'] as const

/** Aligns what is selected, or gives it equal distances. `count`: how many elements are selected. */
export function ArrangeMenu({ diagram, count }: { readonly diagram: Diagram; readonly count: number }) {
  const { t } = useTranslation()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const arrange = (how: string) => {
    const isAlignment = alignments.some(alignment => alignment === how)
    const service = diagram.get<Arranging>(isAlignment ? 'alignElements' : 'distributeElements')
    service.trigger(diagram.get<Selection>('selection').get(), how)
  }
  return (
    <>
      <Button
        id={id}
        design="Transparent"
        icon="grid"
        tooltip={t('flowEditor.arrange')}
        accessibleName={t('flowEditor.arrange')}
        disabled={count < 2}
        onClick={() => setOpen(true)}
      />
      <Menu
        opener={id}
        open={isOpen}
        onClose={() => setOpen(false)}
        onItemClick={({ detail }) => arrange(detail.item.dataset.how ?? '')}
      >
        {[...alignments, ...distributions].map(how => (
          <MenuItem
            key={how}
            data-how={how}
            text={t(`flowEditor.arrangements.${how}`)}
            disabled={count < 3 && distributions.some(distribution => distribution === how)}
          />
        ))}
      </Menu>
    </>
  )
}
