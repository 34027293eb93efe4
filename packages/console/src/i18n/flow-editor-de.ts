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
  readOnly: 'Schreibgeschützt',
  zoom: 'Zoom',
  discard: 'Änderungen verwerfen',
  discardQuestion: 'Alles, was seit dem letzten Sichern an „{{name}}“ geändert wurde, geht verloren.',
  unsaved: 'Änderungen sind nicht gesichert',
  unsavedQuestion: '„{{name}}“ wurde seit dem letzten Sichern geändert. Was soll mit den Änderungen geschehen?',
  conflict: 'Von jemand anderem geändert',
  conflictText: '„{{name}}“ wurde von {{user}} geändert, seit Sie es geöffnet haben:',
  conflictChoice:
    'Ihre Änderungen sind noch da. Bearbeiten Sie weiter, laden Sie sie als Datei herunter, öffnen Sie an ihrer Stelle, was gesichert wurde, oder sichern Sie sie darüber.',
  goOn: 'Weiter bearbeiten',
  downloadMine: 'Meine herunterladen',
  openTheirs: 'Meine verwerfen',
  overwrite: 'Überschreiben',
  noDiagram: 'Der Flow kann nicht gezeigt werden: {{reason}}',
}
