import '@ui5/webcomponents-icons/dist/undo.js'
import '@ui5/webcomponents-icons/dist/redo.js'
import { useTranslation } from 'react-i18next'
import type { CommandStack, Diagram } from './diagram.ts'
import { Tool } from './tool.tsx'
import { useDiagramState } from './use-diagram-state.ts'

/** Buttons that change the diagram. */
export function EditTools({ diagram }: { readonly diagram: Diagram }) {
  const { t } = useTranslation()
  const commands = diagram.get<CommandStack>('commandStack')
  const canUndo = useDiagramState(diagram, 'commandStack.changed', () => commands.canUndo())
  const canRedo = useDiagramState(diagram, 'commandStack.changed', () => commands.canRedo())
  return (
    <div role="toolbar" aria-label={t('flowEditor.tools')} className="flow-tools">
      <Tool icon="undo" text={t('flowEditor.undo')} disabled={!canUndo} onClick={() => commands.undo()} />
      <Tool icon="redo" text={t('flowEditor.redo')} disabled={!canRedo} onClick={() => commands.redo()} />
    </div>
  )
}
