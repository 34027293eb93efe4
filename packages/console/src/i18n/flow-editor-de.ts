import type { flowEditorEn } from './flow-editor-en.ts'
import type { Translation } from './translation.ts'

/** Texts of the flow editor in German. */
export const flowEditorDe: Translation<typeof flowEditorEn> = {
  open: 'Flow-Editor öffnen',
  back: 'Zurück zum Artefakt',
  tools: 'Werkzeuge',
  canvas: 'Diagramm des Flows',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  zoomFit: 'Einpassen',
  zoomReset: 'Auf 100 % setzen',
  version: 'Version {{version}}',
  draft: 'Entwurf',
  noDiagram: 'Der Flow kann nicht gezeigt werden: {{reason}}',
}
