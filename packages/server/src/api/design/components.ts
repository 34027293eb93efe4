import {
  type Adapter,
  type Columns,
  choicesOf,
  containers,
  freshChannel,
  freshContainer,
  freshElement,
  type Prop,
  type Props,
  type Registry,
  type Step,
  writtenDefault,
} from '@sluice/iflow'

/** The registry as editors need it: the palette, fresh elements and the property sheets. */
export function componentsOf({ steps, adapters, expressions }: Registry) {
  return {
    steps: steps.map(stepComponent),
    adapters: adapters.map(adapterComponent),
    flow: propertyComponents(containers.flow.props),
    process: propertyComponents(containers.process.props),
    localProcess: propertyComponents(containers.localProcess.props),
    route: propertyComponents(containers.route.props),
    templates: Object.fromEntries(
      Object.entries(containers).map(([kind, container]) => [kind, freshContainer(container)]),
    ),
    expressions: expressions.map(({ type, label, doc, functions, variables }) => ({
      language: type,
      label,
      doc,
      functions,
      variables,
    })),
  }
}

function stepComponent(step: Step) {
  const { type, label, doc, group, versions, leaves, branching, element, props } = step
  const { tag = 'callActivity', event, loop } = element
  return {
    type,
    label,
    doc,
    group,
    versions,
    leaves,
    branching,
    element: { tag, event, loop, properties: freshElement(step) },
    properties: propertyComponents(props),
  }
}

function adapterComponent(adapter: Adapter) {
  const { type, label, doc, sender, receiver } = adapter
  const side = (declared: typeof sender | typeof receiver, direction: 'Sender' | 'Receiver') =>
    declared && {
      doc: declared.doc,
      versions: declared.versions,
      properties: propertyComponents(declared.props),
      channel: freshChannel(adapter, direction),
    }
  return { type, label, doc, sender: side(sender, 'Sender'), receiver: side(receiver, 'Receiver') }
}

function propertyComponents(props: Props) {
  return Object.entries(props).map(([key, prop]) => propertyComponent(key, prop))
}

function propertyComponent(key: string, prop: Prop<unknown>) {
  const { kind, label, doc, tab, choices, columns, min, max, usual, isSchedule, names } = prop
  const { expression, multiline, shownWhen, until, file: resource, hasCellIds } = prop
  const written = writtenDefault(prop)
  return {
    key,
    label,
    doc,
    tab,
    kind,
    ...(written === undefined ? { required: true } : { default: written }),
    min,
    max,
    choices: choices && choicesOf(choices),
    columns: columns && columnComponents(columns, hasCellIds === true),
    usual,
    expression,
    multiline,
    isSchedule,
    names,
    resource,
    shownWhen,
    until,
  }
}

function columnComponents(columns: Columns, haveIds: boolean) {
  return Object.entries(columns).map(([key, { label, doc, choices, names }]) => ({
    key,
    id: haveIds ? key : '',
    label,
    doc,
    choices: choices && choicesOf(choices),
    names,
  }))
}
