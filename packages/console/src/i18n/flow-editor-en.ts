/** Texts of the flow editor in English. */
export const flowEditorEn = {
  open: 'Open flow editor',
  back: 'Back to the artifact',
  tools: 'Tools',
  canvas: 'Diagram of the flow',
  undo: 'Undo',
  redo: 'Redo',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomFit: 'Fit to view',
  zoomReset: 'Zoom to 100 %',
  version: 'Version {{version}}',
  draft: 'Draft',
  noDiagram: 'The flow cannot be shown: {{reason}}',
} as const
