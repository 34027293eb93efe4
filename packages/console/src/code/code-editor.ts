import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, Compartment, EditorState, type Extension, Prec } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view'
import { codeColours, codeTheme, fullHeight } from './code-theme.ts'
import { type CodeLanguage, loadLanguage } from './languages.ts'
import { lineEndsOf } from './line-ends.ts'

/** What can be typed at a place, and what it means. */
export interface Completion {
  readonly text: string
  readonly doc: string
}

/** How much is edited: one line, some, or a whole file with line numbers, search and Tab for indentation. */
export type CodeSize = 'line' | 'lines' | 'file'

export interface CodeEditorOptions {
  readonly text: string
  /** What is edited, for people who do not see it. */
  readonly label: string
  readonly size: CodeSize
  readonly isReadOnly: boolean
  readonly completions: readonly Completion[]
  /** What the editor itself says, in the person's language: by the library's English words. */
  readonly phrases: Readonly<Record<string, string>>
  readonly onChange: (text: string) => void
  readonly onLeave: () => void
}

/** An editor of code in an element of its own. */
export interface CodeEditor {
  /** Replaces the text when it is another one. */
  setText(text: string): void
  setLanguage(language: CodeLanguage): void
  focus(): void
  destroy(): void
}

/**
 * Puts an editor into an element. It lives in a shadow tree: there its styles are adopted style sheets, which the content
 * security policy allows, unlike style elements.
 */
export function openCodeEditor(host: HTMLElement, options: CodeEditorOptions): CodeEditor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const language = new Compartment()
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({ doc: options.text, extensions: [extensionsFor(options), language.of([])] }),
  })
  let isOver = false
  return {
    setText(text) {
      if (textOf(view.state) === text) return
      const changes = { from: 0, to: view.state.doc.length, insert: text }
      view.dispatch({ changes, annotations: given.of(true) })
    },
    setLanguage(name) {
      void loadLanguage(name).then(extension => {
        if (!isOver) view.dispatch({ effects: language.reconfigure(extension) })
      })
    },
    focus: () => view.focus(),
    destroy() {
      isOver = true
      view.destroy()
    },
  }
}

/** Marks a text that the page has set, of which it need not be told. */
const given = Annotation.define<true>()

/** The text with the line ends that it had. */
function textOf(state: EditorState): string {
  return state.sliceDoc()
}

function extensionsFor(options: CodeEditorOptions): Extension {
  const { text, label, size, isReadOnly, phrases, onChange, onLeave } = options
  return [
    codeTheme,
    codeColours,
    EditorState.phrases.of(phrases),
    EditorState.lineSeparator.of(lineEndsOf(text)),
    EditorState.readOnly.of(isReadOnly),
    EditorView.contentAttributes.of({ 'aria-label': label, ...(isReadOnly && { 'aria-readonly': 'true' }) }),
    EditorView.updateListener.of(({ docChanged, transactions, state }) => {
      if (docChanged && !transactions.some(each => each.annotation(given))) onChange(textOf(state))
    }),
    // At once: an update would tell some moments later, when what is left may be saved already.
    EditorView.domEventHandlers({ blur: () => onLeave() }),
    drawSelection(),
    highlightSpecialChars(),
    history(),
    bracketMatching(),
    closeBrackets(),
    completing(options),
    size === 'file' ? fileExtensions : [],
    size === 'line' ? lineExtensions : EditorView.lineWrapping,
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
  ]
}

const fileExtensions: Extension = [
  fullHeight,
  lineNumbers(),
  foldGutter(),
  indentOnInput(),
  rectangularSelection(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  search({ top: true }),
  Prec.highest(keymap.of([{ key: 'Escape', run: armTab }])),
  keymap.of([...searchKeymap, ...foldKeymap, indentWithTab]),
]

/** Esc, then Tab leaves the editor, even where Esc ends something else at first. */
function armTab(view: EditorView): boolean {
  view.setTabFocusMode(2_000)
  return false
}

const lineExtensions: Extension = [
  EditorView.clipboardInputFilter.of(text => text.replace(/\s*[\r\n]+\s*/g, ' ')),
  keymap.of(['Enter', 'Shift-Enter', 'Mod-Enter'].map(key => ({ key, run: () => true }))),
]

function completing({ completions, isReadOnly }: CodeEditorOptions): Extension {
  if (completions.length === 0 || isReadOnly) return []
  const options = completions.map(({ text, doc }) => ({ label: text, info: doc }))
  return autocompletion({
    icons: false,
    override: [
      context => {
        const before = context.matchBefore(/[$\w{.:(-]+/)
        return before || context.explicit ? { from: before?.from ?? context.pos, options } : null
      },
    ],
  })
}
