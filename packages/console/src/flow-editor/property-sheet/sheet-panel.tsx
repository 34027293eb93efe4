import '@ui5/webcomponents-icons/dist/slim-arrow-down.js'
import '@ui5/webcomponents-icons/dist/slim-arrow-up.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** In pixels. The least shows the title; the first leaves most of a small screen to the diagram. */
const heights = { least: 44, first: 256, most: 640, step: 32 }

/** A panel at the bottom whose height a person chooses, or which is put away. */
export function SheetPanel({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const [height, setHeight] = useState(heights.first)
  const [isOpen, setOpen] = useState(true)
  const resize = (wanted: number) => {
    setOpen(wanted > heights.least)
    setHeight(Math.min(heights.most, Math.max(heights.least, wanted)))
  }
  return (
    <div className="sheet-panel" style={{ height: isOpen ? height : heights.least }}>
      <Handle height={height} onResize={resize} />
      {children}
      <Button
        className="sheet-collapse"
        icon={isOpen ? 'slim-arrow-down' : 'slim-arrow-up'}
        design="Transparent"
        tooltip={t(isOpen ? 'sheet.collapse' : 'sheet.expand')}
        accessibleName={t(isOpen ? 'sheet.collapse' : 'sheet.expand')}
        onClick={() => {
          setOpen(!isOpen)
          if (!isOpen && height <= heights.least) setHeight(heights.first)
        }}
      />
    </div>
  )
}

interface HandleProps {
  readonly height: number
  readonly onResize: (height: number) => void
}

/** The panel's upper edge: drawn, or moved with the arrow keys. */
function Handle({ height, onResize }: HandleProps) {
  const { t } = useTranslation()
  const press = (event: PointerEvent<HTMLDivElement>) => event.currentTarget.setPointerCapture(event.pointerId)
  const draw = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const bottom = event.currentTarget.parentElement?.getBoundingClientRect().bottom ?? 0
    onResize(bottom - event.clientY)
  }
  const key = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowUp') onResize(height + heights.step)
    if (key === 'ArrowDown') onResize(height - heights.step)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule of a text cannot be moved.
    <div
      role="separator"
      className="sheet-resize"
      tabIndex={0}
      aria-label={t('sheet.size')}
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={heights.least}
      aria-valuemax={heights.most}
      onPointerDown={press}
      onPointerMove={draw}
      onKeyDown={key}
    />
  )
}
