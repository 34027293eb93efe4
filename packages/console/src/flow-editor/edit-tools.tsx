import '@ui5/webcomponents-icons/dist/undo.js'
import '@ui5/webcomponents-icons/dist/redo.js'
import '@ui5/webcomponents-icons/dist/copy.js'
import '@ui5/webcomponents-icons/dist/scissors.js'
import '@ui5/webcomponents-icons/dist/paste.js'
import '@ui5/webcomponents-icons/dist/delete.js'
import '@ui5/webcomponents-icons/dist/search.js'
import '@ui5/webcomponents-icons/dist/map.js'
import { useTranslation } from 'react-i18next'
import { ArrangeMenu } from './arrange-menu.tsx'
import type { CommandStack, Diagram, Selection } from './diagram.ts'
import { Tool } from './tool.tsx'
import { useDiagramState } from './use-diagram-state.ts'

interface EditorActions {
  trigger(action: string): void
}

/** Buttons for what is done with elements. The keys that do it are in their tooltips. */
export function EditTools({ diagram }: { readonly diagram: Diagram }) {
  const { t } = useTranslation()
  const commands = diagram.get<CommandStack>('commandStack')
  const canUndo = useDiagramState(diagram, 'commandStack.changed', () => commands.canUndo())
  const canRedo = useDiagramState(diagram, 'commandStack.changed', () => commands.canRedo())
  const selection = diagram.get<Selection>('selection')
  const count = useDiagramState(diagram, 'selection.changed', () => selection.get().length)
  const actions = diagram.get<EditorActions>('editorActions')
  const act = (action: string) => () => actions.trigger(action)
  return (
    <div role="toolbar" aria-orientation="vertical" aria-label={t('flowEditor.tools')} className="flow-tools">
      <Tool icon="undo" text={t('flowEditor.undo')} keys="Ctrl+Z" disabled={!canUndo} onClick={act('undo')} />
      <Tool icon="redo" text={t('flowEditor.redo')} keys="Ctrl+Y" disabled={!canRedo} onClick={act('redo')} />
      <Tool icon="copy" text={t('flowEditor.copy')} keys="Ctrl+C" disabled={count === 0} onClick={act('copy')} />
      <Tool icon="scissors" text={t('flowEditor.cut')} keys="Ctrl+X" disabled={count === 0} onClick={act('cut')} />
      <Tool icon="paste" text={t('flowEditor.paste')} keys="Ctrl+V" onClick={act('paste')} />
      <Tool
        icon="delete"
        text={t('flowEditor.pad.remove')}
        keys={t('flowEditor.deleteKey')}
        disabled={count === 0}
        onClick={act('removeSelection')}
      />
      <ArrangeMenu diagram={diagram} count={count} />
      <Tool icon="search" text={t('flowEditor.find')} keys="Ctrl+F" onClick={act('find')} />
      <Tool
        icon="map"
        text={t('flowEditor.minimap')}
        onClick={() => diagram.get<{ toggle(): void }>('minimap').toggle()}
      />
    </div>
  )
}
