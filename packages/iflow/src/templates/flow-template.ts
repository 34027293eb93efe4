/** A flow to begin with. */
export interface FlowTemplate {
  /** How it is asked for, in kebab-case. */
  readonly type: string
  readonly label: string
  readonly doc: string
  /** `id`: that of the artifact. */
  outline(id: string): FlowOutline
}

/** One integration process, drawn from left to right. */
export interface FlowOutline {
  readonly systems: readonly SystemOutline[]
  /** Each step leads to the next one. */
  readonly steps: readonly StepOutline[]
  /** The steps of the exception subprocess. */
  readonly onFailure?: readonly StepOutline[]
}

/** A system that sends messages or gets them. */
export interface SystemOutline {
  readonly name: string
  readonly direction: 'Sender' | 'Receiver'
}

/** A step as a fresh one, but for some of its properties. */
export interface StepOutline {
  /** As in the registry. */
  readonly type: string
  readonly name: string
  readonly properties?: Readonly<Record<string, string>>
  readonly channel?: ChannelOutline
}

/** A channel between a step and a system, as a fresh one but for some of its properties. */
export interface ChannelOutline {
  /** Name of the system. */
  readonly system: string
  readonly adapter: string
  readonly properties: Readonly<Record<string, string>>
}
