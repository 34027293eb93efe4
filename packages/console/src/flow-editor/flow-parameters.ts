import {
  type ParameterReference,
  parseParameterDefinitions,
  parseProperties,
  withoutParameterDefinitions,
  withoutProperties,
  withParameterDefinition,
  withParameterReference,
  withProperties,
} from '@sluice/iflow/parameter-files'

/** Where an artifact keeps its parameters. */
export const parameterFiles = {
  values: 'src/main/resources/parameters.prop',
  definitions: 'src/main/resources/parameters.propdef',
} as const

/** An externalised parameter of the flow. */
export interface FlowParameter {
  readonly name: string
  /** The default, unless something else is configured. In row tables and conditions it is XML-escaped. */
  readonly value: string
  /** Such as `xsd:string`. */
  readonly type: string
  readonly description: string
}

/** All parameters by their name, and what is to be noted of their use. */
export interface ParametersState {
  readonly parameters: ReadonlyMap<string, FlowParameter>
  readonly references: readonly ParameterReference[]
}

/** The parameters of one flow while it is edited. Listeners are told of each change. */
export class FlowParameters {
  readonly #values: Uint8Array
  readonly #definitions: string
  readonly #original: ParametersState
  readonly #listeners = new Set<() => void>()
  #state: ParametersState

  /** From the content of `parameters.prop` and `parameters.propdef`, where there are such files. */
  constructor(values: Uint8Array = new Uint8Array(), definitions = '') {
    this.#values = values
    this.#definitions = definitions
    this.#original = readState(values, definitions)
    this.#state = this.#original
  }

  get state(): ParametersState {
    return this.#state
  }

  set state(state: ParametersState) {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The files that differ from those that were opened, by their path in the artifact. */
  changedFiles(): ReadonlyMap<string, Uint8Array> {
    const files = new Map<string, Uint8Array>()
    const values = this.#valuesFile()
    const definitions = this.#definitionsFile()
    if (values !== this.#values) files.set(parameterFiles.values, values)
    if (definitions !== this.#definitions) files.set(parameterFiles.definitions, new TextEncoder().encode(definitions))
    return files
  }

  /** The values of parameters that were there before and had others, by their names. */
  changedValues(): ReadonlyMap<string, string> {
    const before = this.#original.parameters
    return new Map(
      [...this.#state.parameters.values()].flatMap(({ name, value }) => {
        const known = before.get(name)
        return known && known.value !== value ? [[name, value] as const] : []
      }),
    )
  }

  #valuesFile(): Uint8Array {
    const { parameters } = this.#state
    const before = parseProperties(this.#values)
    const changed = new Map(
      [...parameters.values()]
        .filter(({ name, value }) => isChangedValue(before, this.#original, name, value))
        .map(({ name, value }) => [name, value] as const),
    )
    const removed = new Set([...before.keys()].filter(name => !parameters.has(name)))
    const kept = removed.size > 0 ? withoutProperties(this.#values, removed) : this.#values
    return changed.size > 0 ? withProperties(kept, changed) : kept
  }

  /** As it was where it is no XML: the values are what a flow needs to run. */
  #definitionsFile(): string {
    const { parameters, references } = this.#state
    const before = this.#original.parameters
    const removed = new Set([...before.keys()].filter(name => !parameters.has(name)))
    let text = this.#definitions
    if (removed.size > 0) text = withoutParameterDefinitions(text, removed) ?? text
    for (const parameter of parameters.values()) {
      const known = before.get(parameter.name)
      const isSame = known?.type === parameter.type && known.description === parameter.description
      if (!isSame) text = withParameterDefinition(text, parameter) ?? text
    }
    for (const reference of references) {
      if (parameters.has(reference.name)) text = withParameterReference(text, reference) ?? text
    }
    return text
  }
}

/** A parameter that is only defined has no line in the file; it gets one with its first value. */
function isChangedValue(
  before: ReadonlyMap<string, string>,
  original: ParametersState,
  name: string,
  value: string,
): boolean {
  if (before.has(name)) return before.get(name) !== value
  return !original.parameters.has(name) || value !== ''
}

function readState(values: Uint8Array, definitions: string): ParametersState {
  const known = parseProperties(values)
  const defined = parseParameterDefinitions(definitions, parameterFiles.definitions).definitions
  const definitionOf = new Map(defined.map(definition => [definition.name, definition]))
  const names = new Set([...definitionOf.keys(), ...known.keys()])
  const parameters = [...names].map(
    (name): FlowParameter => ({
      name,
      value: known.get(name) ?? '',
      type: definitionOf.get(name)?.type ?? 'xsd:string',
      description: definitionOf.get(name)?.description ?? '',
    }),
  )
  return { parameters: new Map(parameters.map(parameter => [parameter.name, parameter])), references: [] }
}
