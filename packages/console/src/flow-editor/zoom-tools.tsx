import '@ui5/webcomponents-icons/dist/zoom-in.js'
import '@ui5/webcomponents-icons/dist/zoom-out.js'
import '@ui5/webcomponents-icons/dist/full-screen.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import type { Canvas, Diagram } from './diagram.ts'
import { fit } from './fit.ts'
import { Tool } from './tool.tsx'
import { useDiagramState } from './use-diagram-state.ts'

const [scaleMin, scaleMax] = [0.1, 4]

/** Buttons for how much of a diagram is seen. */
export function ZoomTools({ diagram }: { readonly diagram: Diagram }) {
  const { t } = useTranslation()
  const canvas = diagram.get<Canvas>('canvas')
  const scale = useDiagramState(diagram, 'canvas.viewbox.changed', () => Math.round(canvas.zoom() * 100))
  const zoom = (factor: number) => canvas.zoom(Math.min(scaleMax, Math.max(scaleMin, canvas.zoom() * factor)), 'auto')
  return (
    <div role="toolbar" aria-label={t('flowEditor.zoom')} className="flow-zoom-tools">
      <Tool icon="zoom-out" text={t('flowEditor.zoomOut')} onClick={() => zoom(0.8)} />
      <Button
        design="Transparent"
        tooltip={t('flowEditor.zoomReset')}
        accessibleName={`${t('flowEditor.zoomReset')} (${scale} %)`}
        onClick={() => canvas.zoom(1, 'auto')}
      >
        {scale} %
      </Button>
      <Tool icon="zoom-in" text={t('flowEditor.zoomIn')} onClick={() => zoom(1.25)} />
      <Tool icon="full-screen" text={t('flowEditor.zoomFit')} onClick={() => fit(diagram)} />
    </div>
  )
}
