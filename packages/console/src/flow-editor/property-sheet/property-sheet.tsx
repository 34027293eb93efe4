import './property-sheet.css'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Title } from '@ui5/webcomponents-react/Title'
import { useContext, useMemo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Components } from '../../api/components.ts'
import type { FlowChange, FlowChanges, FlowElement } from '../flow-changes.ts'
import { type ElementKind, propertyOwner } from '../flow-elements.ts'
import type { FlowParameters } from '../flow-parameters.ts'
import { propertyChanges } from '../ifl-properties.ts'
import { DocText } from './doc-text.tsx'
import { type FoundProblem, FoundProblems, problemsAt } from './found-problems.ts'
import { type Sheet, SheetContext, type SheetModeler } from './sheet.ts'
import { describe, type SheetModel } from './sheet-model.ts'
import { SheetTabs } from './sheet-tabs.tsx'
import { useShownElement } from './use-shown-element.ts'

export interface PropertySheetProps {
  /** Of bpmn-js, with the module of `flow-changes.ts` unless the sheet is read only. */
  readonly modeler: SheetModeler
  readonly components: Components
  readonly parameters: FlowParameters
  /** Paths of the artifact's files below `src/main/resources`. */
  readonly files: readonly string[]
  readonly isReadOnly?: boolean
  /** Opens a file in its editor. */
  readonly onOpenFile?: (path: string) => void
}

/** All that a person can say of the selected element, or of the flow where nothing is selected. */
export function PropertySheet(props: PropertySheetProps) {
  const { t } = useTranslation()
  const { shown, revision } = useShownElement(props.modeler)
  const { parameters } = props
  const state = useSyncExternalStore(parameters.subscribe, () => parameters.state)
  if (typeof shown === 'number') {
    return (
      <section className="property-sheet ui5-content-density-compact" aria-label={t('sheet.title')}>
        <span className="sheet-empty">{t('sheet.several', { number: shown })}</span>
      </section>
    )
  }
  return <ElementSheet {...props} element={shown} state={state} revision={revision} />
}

interface ElementSheetProps extends PropertySheetProps {
  readonly element: FlowElement
  readonly state: Sheet['state']
  readonly revision: number
}

function ElementSheet(props: ElementSheetProps) {
  const { t } = useTranslation()
  const { modeler, components, parameters, files, isReadOnly = false, onOpenFile, element, state, revision } = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision has changed what is in the element.
  const model = useMemo(() => describe(element.businessObject, components), [element, components, revision])
  const owner = propertyOwner(element.businessObject)
  const found = problemsAt(
    useContext(FoundProblems),
    [element.businessObject.id, owner.id],
    model.properties.map(({ key }) => key),
  )
  const change = (part: Partial<FlowChange>) =>
    modeler.get<FlowChanges>('flowChanges').run({ elements: [element], changes: [], ...part })
  const sheet: Sheet = {
    modeler,
    element,
    model,
    components,
    store: parameters,
    state,
    files,
    isReadOnly,
    problems: found.byKey,
    onOpenFile,
    change,
    setProperties: (values, more = {}) => change({ ...more, changes: propertyChanges(owner, values) }),
  }
  return (
    <SheetContext value={sheet}>
      <section className="property-sheet ui5-content-density-compact" aria-label={t('sheet.title')}>
        <SheetHeader model={model} name={element.businessObject.name} />
        <Problems problems={found.rest} />
        <SheetTabs key={model.kind} />
      </section>
    </SheetContext>
  )
}

function SheetHeader({ model, name }: { readonly model: SheetModel; readonly name: string | undefined }) {
  const { t } = useTranslation()
  const { kind, typeLabel, doc } = model
  const type = typeLabel ?? t(kindTexts[kind])
  const ofKind = kind === 'channel' && typeLabel !== undefined ? `${t('sheet.channel')} ${typeLabel}` : type
  return (
    <div className="sheet-header">
      <Title level="H3" size="H5">
        {name && kind !== 'flow' ? `${ofKind}: ${name}` : ofKind}
      </Title>
      {doc !== undefined && (
        <span className="sheet-doc" title={doc}>
          <DocText text={doc} />
        </span>
      )}
    </div>
  )
}

/** What is wrong with the element as a whole, or where there is no field for it. */
function Problems({ problems }: { readonly problems: readonly FoundProblem[] }) {
  return problems.map(({ severity, message }) => (
    <MessageStrip
      key={message}
      className="sheet-strip"
      design={severity === 'error' ? 'Negative' : 'Critical'}
      hideCloseButton
    >
      {message}
    </MessageStrip>
  ))
}

const kindTexts = {
  step: 'sheet.step',
  channel: 'sheet.channel',
  route: 'sheet.route',
  sequenceFlow: 'sheet.sequenceFlow',
  sender: 'sheet.sender',
  receiver: 'sheet.receiver',
  process: 'sheet.process',
  localProcess: 'sheet.localProcess',
  exceptionSubprocess: 'sheet.exceptionSubprocess',
  flow: 'sheet.flow',
  other: 'sheet.other',
} as const satisfies Readonly<Record<ElementKind, string>>
