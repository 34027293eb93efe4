import '@ui5/webcomponents-icons/dist/value-help.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Menu } from '@ui5/webcomponents-react/Menu'
import { MenuItem } from '@ui5/webcomponents-react/MenuItem'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExpressionHelp } from '../../api/components.ts'
import { CodeField } from '../../code/code-field.tsx'
import type { ControlProps } from './controls.tsx'
import { useDraft } from './use-draft.ts'

export interface ExpressionControlProps extends ControlProps {
  readonly help: ExpressionHelp | undefined
  readonly isMultiline?: boolean
}

/** One line, or several, with an expression in it: coloured, and what fits is offered while it is typed. */
export function ExpressionControl(props: ExpressionControlProps) {
  const { label, value, isReadOnly, problem, help, isMultiline = false, onCommit } = props
  const draft = useDraft(value, onCommit)
  const completions = useMemo(() => (help ? [...help.variables, ...help.functions] : []), [help])
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the field in it is what is left. */}
      <div
        className={problem === undefined ? 'sheet-code' : 'sheet-code sheet-code-wrong'}
        // The code field itself says a moment later that it was left: too late where what is edited changes with that.
        onBlur={() => draft.leave()}
      >
        <CodeField
          label={label}
          isLabelHidden
          value={draft.text}
          language={help?.language ?? 'text'}
          size={isMultiline ? 'lines' : 'line'}
          isReadOnly={isReadOnly}
          completions={completions}
          onChange={draft.type}
        />
      </div>
      {!isReadOnly && <InsertButton label={label} help={help} onInsert={text => onCommit(draft.text + text)} />}
    </>
  )
}

interface InsertButtonProps {
  readonly label: string
  readonly help: ExpressionHelp | undefined
  readonly onInsert: (text: string) => void
}

function InsertButton({ label, help, onInsert }: InsertButtonProps) {
  const { t } = useTranslation()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  if (!help) return null
  return (
    <>
      <Button
        id={id}
        icon="value-help"
        design="Transparent"
        tooltip={t('sheet.insertExpression')}
        accessibleName={`${t('sheet.insertExpression')}: ${label}`}
        onClick={() => setOpen(true)}
      />
      {isOpen && (
        <Menu
          open
          opener={id}
          headerText={help.label}
          onClose={() => setOpen(false)}
          onItemClick={({ detail }) => onInsert(detail.text)}
        >
          {[...help.variables, ...help.functions].map(({ text, doc }) => (
            <MenuItem key={text} text={text} additionalText={shortened(doc)} tooltip={doc} />
          ))}
        </Menu>
      )}
    </>
  )
}

/** The first sentence has to do beside a short text. */
function shortened(doc: string): string {
  const sentence = doc.split(/(?<=\.) /)[0] ?? ''
  return sentence.length > 60 ? `${sentence.slice(0, 59)}…` : sentence
}
