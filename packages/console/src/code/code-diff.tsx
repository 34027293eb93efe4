import { defaultKeymap } from '@codemirror/commands'
import { MergeView } from '@codemirror/merge'
import { search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { codeColours, codeTheme } from './code-theme.ts'
import { type CodeLanguage, loadLanguage } from './languages.ts'
import { usePhrases } from './use-phrases.ts'

/** One of the two texts, and what it is for people who do not see it. */
export interface DiffSide {
  readonly label: string
  readonly text: string
}

export interface CodeDiffProps {
  readonly before: DiffSide
  readonly after: DiffSide
  readonly language: CodeLanguage
  /** Whether long runs of lines that are the same are left out. */
  readonly isShort: boolean
}

/** Two texts side by side, with what differs marked; nothing of it can be changed. */
export function CodeDiff({ before, after, language, isShort }: CodeDiffProps) {
  const phrases = usePhrases()
  const host = useRef<HTMLDivElement | null>(null)
  useEffect(() => {
    const element = host.current
    if (!element) return
    let isOver = false
    let view: MergeView | undefined
    void loadLanguage(language).then(colours => {
      if (isOver) return
      // As every editor of code, in a shadow tree: there its styles are allowed.
      const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
      // Only where few lines are shown can those of both sides be kept beside each other in spite of it.
      const wrapping = isShort ? EditorView.lineWrapping : []
      const common = [...extensions, wrapping, EditorState.phrases.of(phrases), colours]
      view = new MergeView({
        a: { doc: before.text, extensions: [...common, labelled(before.label)] },
        b: { doc: after.text, extensions: [...common, labelled(after.label)] },
        parent: root,
        root,
        ...(isShort && { collapseUnchanged: { margin: 3, minSize: 6 } }),
        // Texts that have little in common are compared by lines only.
        diffConfig: { scanLimit: 1_000, timeout: 500 },
      })
    })
    return () => {
      isOver = true
      view?.destroy()
    }
  }, [before.label, before.text, after.label, after.text, language, isShort, phrases])
  return <div ref={host} className="code-diff" />
}

const extensions: readonly Extension[] = [
  codeTheme,
  codeColours,
  lineNumbers(),
  highlightSpecialChars(),
  search({ top: true }),
  keymap.of([...searchKeymap, ...defaultKeymap]),
  EditorState.readOnly.of(true),
]

function labelled(label: string): Extension {
  return EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true' })
}
