import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { loopChange, loopOf } from '../flow-elements.ts'
import { TextControl } from './controls.tsx'
import { ExpressionControl } from './expression-controls.tsx'
import { FieldRow } from './field-row.tsx'
import { useSheet } from './sheet.ts'
import { useProblemText } from './use-problem-text.ts'
import { useValueHint } from './use-value-hint.ts'

/** How long a local process is called again; nothing for elements that do not repeat. */
export function LoopFields() {
  const { element } = useSheet()
  const loop = loopOf(element.businessObject)
  if (!loop) return null
  return (
    <>
      <LoopCondition condition={loop.condition} />
      <LoopMaximum maximum={loop.maximum} />
    </>
  )
}

function LoopCondition({ condition }: { readonly condition: string }) {
  const { t } = useTranslation()
  const { element, model, components, isReadOnly, change } = useSheet()
  const id = useId()
  const problemText = useProblemText()
  const problem = condition.trim() === '' ? problemText({ code: 'required' }) : undefined
  const language = model.values.get('expressionType') === 'XML' ? 'xpath' : 'simple'
  const label = t('sheet.loopCondition')
  return (
    <FieldRow
      id={id}
      label={label}
      isRequired
      doc={t('sheet.loopConditionDoc')}
      problem={problem}
      hint={useValueHint(condition, 'condition')}
    >
      <ExpressionControl
        id={id}
        label={label}
        value={condition}
        isReadOnly={isReadOnly}
        problem={problem}
        help={components.expressions.find(each => each.language === language)}
        onCommit={text => change({ changes: [loopChange(element.businessObject, 'condition', text)] })}
      />
    </FieldRow>
  )
}

function LoopMaximum({ maximum }: { readonly maximum: string }) {
  const { t } = useTranslation()
  const { element, isReadOnly, change } = useSheet()
  const id = useId()
  const problemText = useProblemText()
  const problem = /^[1-9]\d*$/.test(maximum) ? undefined : problemText({ code: 'number' })
  const label = t('sheet.loopMaximum')
  return (
    <FieldRow id={id} label={label} isRequired problem={problem}>
      <TextControl
        id={id}
        label={label}
        value={maximum}
        isReadOnly={isReadOnly}
        problem={problem}
        onCommit={text =>
          // The file can hold no other than whole numbers here.
          /^\d+$/.test(text) && change({ changes: [loopChange(element.businessObject, 'maximum', text)] })
        }
      />
    </FieldRow>
  )
}
