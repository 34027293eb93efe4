import { Label } from '@ui5/webcomponents-react/Label'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldNote } from '../components/field-note.tsx'
import { type CodeEditor, type CodeSize, type Completion, openCodeEditor } from './code-editor.ts'
import type { CodeLanguage } from './languages.ts'
import { usePhrases } from './use-phrases.ts'
import './code-field.css'

export interface CodeFieldProps {
  readonly label: string
  /** Where another text on the page names it already. */
  readonly isLabelHidden?: boolean
  readonly value: string
  readonly language: CodeLanguage
  /** One line unless said otherwise. */
  readonly size?: CodeSize
  readonly isReadOnly?: boolean
  readonly required?: boolean
  /** What is offered while something is typed, and with Ctrl+Space. */
  readonly completions?: readonly Completion[]
  /** What is wrong with the value. */
  readonly problem?: string | undefined
  readonly hint?: string | undefined
  readonly onChange: (value: string) => void
  /** When somebody has finished typing and goes elsewhere. */
  readonly onLeave?: () => void
}

const none: readonly Completion[] = []

/** A field for code, coloured, with its label: an expression, a body, a script. */
export function CodeField(props: CodeFieldProps) {
  const { label, isLabelHidden, value, language, size = 'line', isReadOnly = false, required, problem, hint } = props
  const { completions = none } = props
  const { t } = useTranslation()
  const phrases = usePhrases()
  const host = useRef<HTMLDivElement | null>(null)
  const [editor, setEditor] = useState<CodeEditor>()
  const current = useRef(props)
  current.current = props
  useEffect(() => {
    if (!host.current) return
    const opened = openCodeEditor(host.current, {
      text: current.current.value,
      ...{ label, size, isReadOnly, completions, phrases },
      onChange: text => current.current.onChange(text),
      onLeave: () => current.current.onLeave?.(),
    })
    setEditor(opened)
    return () => opened.destroy()
  }, [label, size, isReadOnly, completions, phrases])
  useEffect(() => editor?.setLanguage(language), [editor, language])
  useEffect(() => editor?.setText(value), [editor, value])
  return (
    <div className={`code-field code-field-${size}`}>
      {!isLabelHidden && (
        <Label required={required ?? false} onClick={() => editor?.focus()}>
          {label}
        </Label>
      )}
      <div ref={host} className={problem === undefined ? 'code-host' : 'code-host code-host-problem'} />
      {size === 'file' && !isReadOnly ? (
        <span className="field-hint">{t('code.leave')}</span>
      ) : (
        <FieldNote problem={problem} hint={hint} />
      )}
    </div>
  )
}
