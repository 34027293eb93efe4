import { CheckBox } from '@ui5/webcomponents-react/CheckBox'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { PropertyComponent } from '../../api/components.ts'
import { conditionChange, conditionOf, defaultRouteChanges, isDefaultRoute } from '../flow-elements.ts'
import { ExpressionControl } from './expression-controls.tsx'
import { ExternaliseButtons } from './externalise-buttons.tsx'
import { FieldRow } from './field-row.tsx'
import { parametersIn } from './field-value.ts'
import { PropertyFields } from './property-fields.tsx'
import { useSheet } from './sheet.ts'
import { parameterChange, parametersChange } from './use-externalisable.ts'
import { useProblemText } from './use-problem-text.ts'
import { useValueHint } from './use-value-hint.ts'

/** When a router takes a route: by default, or when its condition holds. `properties` say how the condition is read. */
export function RouteFields({ properties }: { readonly properties: readonly PropertyComponent[] }) {
  const { t } = useTranslation()
  const { element, isReadOnly, change } = useSheet()
  const id = useId()
  const isDefault = isDefaultRoute(element.businessObject)
  return (
    <>
      <FieldRow id={id} label={t('sheet.defaultRoute')} doc={t('sheet.defaultRouteDoc')}>
        <CheckBox
          id={id}
          accessibleName={t('sheet.defaultRoute')}
          checked={isDefault}
          // Another route takes its place by being made the default.
          readonly={isReadOnly || isDefault}
          onChange={() => change({ changes: defaultRouteChanges(element.businessObject) })}
        />
      </FieldRow>
      {!isDefault && (
        <>
          <PropertyFields properties={properties} />
          <ConditionField />
        </>
      )}
    </>
  )
}

function ConditionField() {
  const { t } = useTranslation()
  const sheet = useSheet()
  const { element, model, components, state, isReadOnly, change } = sheet
  const id = useId()
  const problemText = useProblemText()
  const route = element.businessObject
  const condition = conditionOf(route)
  const missing = parametersIn(condition).find(name => !state.parameters.has(name))
  const problem =
    condition.trim() === ''
      ? problemText({ code: 'required' })
      : problemText(missing === undefined ? undefined : { code: 'parameter', name: missing })
  const language = model.values.get('expressionType') === 'XML' ? 'xpath' : 'simple'
  const label = t('sheet.condition')
  const save = (text: string, more = {}) => change({ changes: [conditionChange(route, text)], ...more })
  return (
    <FieldRow
      id={id}
      label={label}
      isRequired
      doc={t(language === 'xpath' ? 'sheet.xpathConditionDoc' : 'sheet.conditionDoc')}
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
        onCommit={text => save(text)}
      />
      {!isReadOnly && (
        <ExternaliseButtons
          label={label}
          value={condition}
          place="condition"
          type="xsd:string"
          state={state}
          onChange={(text, parameter) =>
            save(text, parameterChange(sheet, text, parameter, { key: 'conditionExpression', label: 'Condition' }))
          }
          onChangeParameters={parameters => change(parametersChange(sheet, parameters))}
        />
      )}
    </FieldRow>
  )
}
