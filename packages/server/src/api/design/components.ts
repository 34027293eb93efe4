import {
  type Adapter,
  freshChannel,
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
    flow: [],
    process: [],
    localProcess: [],
    route: [],
    expressions: expressions.map(({ type, label, doc }) => ({
      language: type,
      label,
      doc,
      functions: [],
      variables: [],
    })),
  }
}

function stepComponent(step: Step) {
  const { type, label, doc, group, versions, leaves, branching, element, props } = step
  const { tag = 'callActivity', event } = element
  return {
    type,
    label,
    doc,
    group,
    versions,
    leaves,
    branching,
    element: { tag, event, properties: freshElement(step) },
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
  const { kind, doc, choices, columns } = prop
  const fallback = writtenDefault(prop)
  return {
    key,
    label: key,
    doc,
    tab: 'Processing',
    kind,
    ...(fallback === undefined ? { required: true } : { default: fallback }),
    choices: choices && Object.entries(choices).map(([value, meaning]) => ({ value, doc: meaning })),
    columns: columns && Object.entries(columns).map(([id, meaning]) => ({ id, label: id, doc: meaning })),
  }
}
