import '@ui5/webcomponents-icons/dist/undo.js'
import '@ui5/webcomponents-icons/dist/redo.js'
import '@ui5/webcomponents-icons/dist/zoom-in.js'
import '@ui5/webcomponents-icons/dist/zoom-out.js'
import '@ui5/webcomponents-icons/dist/full-screen.js'
import '@ui5/webcomponents-icons/dist/reset.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import type { Canvas, CommandStack, Diagram } from './diagram.ts'
import { useDiagramState } from './use-diagram-state.ts'

export interface FlowToolsProps {
  readonly diagram: Diagram
  readonly isReadOnly: boolean
}

/** Buttons for what is done with a diagram as a whole. */
export function FlowTools({ diagram, isReadOnly }: FlowToolsProps) {
  const { t } = useTranslation()
  const canvas = diagram.get<Canvas>('canvas')
  const scaled = (factor: number) => canvas.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * factor)), 'auto')
  return (
    <div role="toolbar" aria-label={t('flowEditor.tools')} className="flow-tools">
      {!isReadOnly && <UndoButtons diagram={diagram} />}
      <Tool icon="zoom-out" text={t('flowEditor.zoomOut')} onClick={() => scaled(0.8)} />
      <Tool icon="zoom-in" text={t('flowEditor.zoomIn')} onClick={() => scaled(1.25)} />
      <Tool icon="reset" text={t('flowEditor.zoomReset')} onClick={() => canvas.zoom(1, 'auto')} />
      <Tool icon="full-screen" text={t('flowEditor.zoomFit')} onClick={() => canvas.zoom('fit-viewport', 'auto')} />
    </div>
  )
}

function UndoButtons({ diagram }: { readonly diagram: Diagram }) {
  const { t } = useTranslation()
  const commands = diagram.get<CommandStack>('commandStack')
  const canUndo = useDiagramState(diagram, 'commandStack.changed', () => commands.canUndo())
  const canRedo = useDiagramState(diagram, 'commandStack.changed', () => commands.canRedo())
  return (
    <>
      <Tool icon="undo" text={t('flowEditor.undo')} disabled={!canUndo} onClick={() => commands.undo()} />
      <Tool icon="redo" text={t('flowEditor.redo')} disabled={!canRedo} onClick={() => commands.redo()} />
    </>
  )
}

export interface ToolProps {
  /** Of UI5; imported where it is used. */
  readonly icon: string
  readonly text: string
  readonly disabled?: boolean
  readonly onClick: () => void
}

/** A button that shows an icon only. */
export function Tool({ icon, text, disabled, onClick }: ToolProps) {
  return (
    <Button
      design="Transparent"
      icon={icon}
      tooltip={text}
      accessibleName={text}
      disabled={disabled ?? false}
      onClick={onClick}
    />
  )
}
