import '@ui5/webcomponents-icons/dist/value-help.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Input } from '@ui5/webcomponents-react/Input'
import { Menu } from '@ui5/webcomponents-react/Menu'
import { MenuItem } from '@ui5/webcomponents-react/MenuItem'
import { SuggestionItem } from '@ui5/webcomponents-react/SuggestionItem'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExpressionHelp } from '../../api/components.ts'
import { completions } from './completions.ts'
import { type ControlProps, LinesControl } from './controls.tsx'
import { useDraft } from './use-draft.ts'

export interface ExpressionControlProps extends ControlProps {
  readonly help: ExpressionHelp | undefined
}

/** A line that holds an expression: what fits at its end is offered while it is typed. */
export function ExpressionControl(props: ExpressionControlProps) {
  const { id, label, value, isReadOnly, isWrong, placeholder, help, onCommit } = props
  const draft = useDraft(value, onCommit)
  return (
    <>
      <Input
        id={id}
        value={draft.text}
        readonly={isReadOnly}
        placeholder={placeholder ?? ''}
        showSuggestions={!isReadOnly}
        filter="None"
        noTypeahead
        valueState={isWrong ? 'Negative' : 'None'}
        onInput={({ target }) => draft.type(target.value)}
        onChange={({ target }) => draft.leave(target.value)}
      >
        {completions(draft.text, help).map(({ text, doc }) => (
          <SuggestionItem key={text} text={text} additionalText={shortened(doc)} />
        ))}
      </Input>
      {!isReadOnly && <InsertButton label={label} help={help} onInsert={text => onCommit(draft.text + text)} />}
    </>
  )
}

/** Lines that may hold expressions; one can be put at their end. */
export function ExpressionLinesControl({ help, ...props }: ExpressionControlProps) {
  return (
    <>
      <LinesControl {...props} />
      {!props.isReadOnly && (
        <InsertButton label={props.label} help={help} onInsert={text => props.onCommit(props.value + text)} />
      )}
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
