import { defaultHighlightStyle, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'

/** The library's colours, some of them darker: those have too little contrast on the line that is edited (WCAG 2.2, 1.4.3). */
const darker: Readonly<Record<string, string>> = { '#085': '#006b43', '#e40': '#a82d00', '#f00': '#b00000' }

/** The colours of code. */
export const codeColours = syntaxHighlighting(
  HighlightStyle.define(
    defaultHighlightStyle.specs.map(spec => ({
      ...spec,
      ...(spec.color && { color: darker[spec.color] ?? spec.color }),
    })),
  ),
)

/** The look of the other fields of the console. */
export const codeTheme = EditorView.theme({
  '&': {
    color: 'var(--sapField_TextColor)',
    background: 'var(--sapField_Background)',
    border: '1px solid var(--sapField_BorderColor)',
    borderRadius: 'var(--sapField_BorderCornerRadius)',
    fontSize: 'var(--sapFontSize)',
  },
  '&.cm-focused': { outline: '2px solid var(--sapContent_FocusColor)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "Liberation Mono", Consolas, monospace', lineHeight: '1.5' },
  '.cm-gutters': {
    color: 'var(--sapContent_LabelColor)',
    background: 'var(--sapList_Background)',
    borderRight: '1px solid var(--sapList_BorderColor)',
  },
  '.cm-panels': {
    color: 'var(--sapTextColor)',
    background: 'var(--sapList_Background)',
    fontFamily: 'var(--sapFontFamily)',
  },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--sapList_BorderColor)' },
  '.cm-panel.cm-search': { fontSize: 'var(--sapFontSize)', padding: '0.5rem 2rem 0.5rem 0.5rem' },
  '.cm-panel.cm-search label': { fontSize: 'inherit', marginLeft: '0.5rem' },
  '.cm-panel.cm-search [name=close]': { fontSize: '1.5rem', width: '1.5rem', height: '1.5rem', lineHeight: '1' },
  '.cm-textfield, .cm-button': {
    height: '1.75rem',
    margin: '0.125rem',
    boxSizing: 'border-box',
    color: 'inherit',
    font: 'inherit',
    fontSize: 'var(--sapFontSize)',
    border: '1px solid var(--sapField_BorderColor)',
    borderRadius: '0.25rem',
  },
  '.cm-button': {
    color: 'var(--sapButton_TextColor)',
    background: 'var(--sapButton_Background)',
    borderColor: 'var(--sapButton_BorderColor)',
    padding: '0 0.5rem',
  },
  // The library's signs are in few fonts.
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"…"' },
  '.cm-tooltip': { background: 'var(--sapList_Background)', border: '1px solid var(--sapList_BorderColor)' },
})

/** Where the editor is as high as what it is in. */
export const fullHeight = EditorView.theme({ '&': { height: '100%', boxSizing: 'border-box' } })
