import type { FlowParameters, ParametersState } from './flow-parameters.ts'
import type { ModdleChange, ModdleElement } from './ifl-properties.ts'

/** A shape, a connection or the root of a diagram, with what it shows. */
export interface FlowElement {
  readonly id: string
  readonly businessObject: ModdleElement
}

/** What a person did in one go, and takes back in one go. */
export interface FlowChange {
  /** What is drawn anew. */
  readonly elements: readonly FlowElement[]
  readonly changes: readonly ModdleChange[]
  /** A new name of the first of `elements`, with its label. */
  readonly name?: string | undefined
  readonly parameters?: { readonly of: FlowParameters; readonly state: ParametersState } | undefined
}

/** A change, with what was there before. */
interface Context extends FlowChange {
  before?: readonly ModdleChange[]
  stateBefore?: ParametersState | undefined
}

/** The part of bpmn-js that gives an element another name and moves its label. */
interface Naming {
  updateProperties(element: FlowElement, properties: { readonly name: string }): void
}

/** What it asks of the command stack of diagram-js. */
interface Stack {
  register(command: string, handler: object): void
  execute(command: string, context: object): void
}

const command = 'sluice.flow.change'

/** Changes elements of the file and parameters of the flow, as one command of the command stack. */
export class FlowChanges {
  static readonly $inject = ['commandStack', 'injector']
  readonly #stack: Stack

  constructor(stack: Stack, injector: { get(name: string, strict: false): unknown }) {
    this.#stack = stack
    stack.register(command, new Handler(() => injector.get('modeling', false) as Naming | null))
  }

  /** Nothing where nothing would change. */
  run(change: FlowChange): void {
    if (change.changes.length === 0 && change.name === undefined && change.parameters === undefined) return
    this.#stack.execute(command, { ...change })
  }
}

/** The module of the command for bpmn-js; the service is called `flowChanges`. */
export const flowChangesModule = {
  __init__: ['flowChanges'],
  flowChanges: ['type', FlowChanges],
}

class Handler {
  readonly #naming: () => Naming | null

  constructor(naming: () => Naming | null) {
    this.#naming = naming
  }

  preExecute({ elements: [element], name }: Context): void {
    if (element && name !== undefined) this.#naming()?.updateProperties(element, { name })
  }

  execute(context: Context): FlowElement[] {
    context.before = context.changes.map(({ target, properties }) => ({
      target,
      properties: Object.fromEntries(Object.keys(properties).map(key => [key, target.get(key)])),
    }))
    context.stateBefore = context.parameters?.of.state
    apply(context.changes)
    if (context.parameters) context.parameters.of.state = context.parameters.state
    return [...context.elements]
  }

  revert({ before = [], parameters, stateBefore, elements }: Context): FlowElement[] {
    apply(before.toReversed())
    if (parameters && stateBefore) parameters.of.state = stateBefore
    return [...elements]
  }
}

function apply(changes: readonly ModdleChange[]): void {
  for (const { target, properties } of changes) {
    for (const [key, value] of Object.entries(properties)) target.set(key, value)
  }
}
