import '@ui5/webcomponents-icons/dist/delete.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import type { FlowElement } from '../flow-changes.ts'
import type { FlowParameter } from '../flow-parameters.ts'
import { parameterUses } from './parameter-uses.ts'
import { elementsOf, type Sheet, useSheet } from './sheet.ts'
import { useDraft } from './use-draft.ts'
import { parametersChange } from './use-externalisable.ts'

/** All externalised parameters of the flow, with their defaults and how often each is used. */
export function ParametersTab() {
  const { t } = useTranslation()
  const sheet = useSheet()
  const { parameters } = sheet.state
  const root = sheet.modeler.get<{ getRootElement(): FlowElement }>('canvas').getRootElement().businessObject
  const uses = parameterUses(elementsOf(root))
  const missing = [...uses.keys()].filter(name => !parameters.has(name))
  const fresh = missing.map((name): FlowParameter => ({ name, value: '', type: 'xsd:string', description: '' }))
  const all = [...parameters.values(), ...fresh].toSorted((a, b) => a.name.localeCompare(b.name))
  const unused = all.filter(({ name }) => !uses.has(name))
  if (all.length === 0) return <span className="sheet-empty">{t('sheet.noParameters')}</span>
  return (
    <div className="sheet-fields">
      <div className="sheet-table-header">
        <span className="field-hint">{t('sheet.parametersHint')}</span>
        {!sheet.isReadOnly && (
          <Button
            icon="delete"
            design="Transparent"
            disabled={unused.length === 0}
            onClick={() => sheet.change(removal(sheet, unused))}
          >
            {t('sheet.removeUnused', { number: unused.length })}
          </Button>
        )}
      </div>
      <div className="sheet-table-scroll">
        <table aria-label={t('sheet.parameters')}>
          <thead>
            <tr>
              {(['parameter', 'value', 'description', 'type', 'uses'] as const).map(column => (
                <th key={column} scope="col">
                  {t(`sheet.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {all.map(parameter => (
              <ParameterRow key={parameter.name} parameter={parameter} uses={uses.get(parameter.name) ?? 0} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** Nobody loses anything that the flow needs, and undo brings them back: so it is not asked. */
function removal({ store, state }: Sheet, unused: readonly FlowParameter[]) {
  const names = new Set(unused.map(({ name }) => name))
  const parameters = new Map([...state.parameters].filter(([name]) => !names.has(name)))
  return { parameters: { of: store, state: { ...state, parameters } } }
}

function ParameterRow({ parameter, uses }: { readonly parameter: FlowParameter; readonly uses: number }) {
  const { t } = useTranslation()
  const sheet = useSheet()
  const { name, type } = parameter
  const save = (changed: Partial<FlowParameter>) =>
    sheet.change(parametersChange(sheet, [{ ...parameter, ...changed }]))
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <TextInput label={`${t('sheet.value')}: ${name}`} value={parameter.value} onCommit={value => save({ value })} />
      </td>
      <td>
        <TextInput
          label={`${t('sheet.description')}: ${name}`}
          value={parameter.description}
          onCommit={description => save({ description })}
        />
      </td>
      <td>{type}</td>
      <td>{uses}</td>
    </tr>
  )
}

interface TextInputProps {
  readonly label: string
  readonly value: string
  readonly onCommit: (value: string) => void
}

function TextInput({ label, value, onCommit }: TextInputProps) {
  const { isReadOnly } = useSheet()
  const draft = useDraft(value, onCommit)
  return (
    <input
      aria-label={label}
      className="native-input"
      value={draft.text}
      readOnly={isReadOnly}
      onChange={({ target }) => draft.type(target.value)}
      onBlur={({ target }) => draft.leave(target.value)}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && draft.leave(currentTarget.value)}
    />
  )
}
