import { queryOptions } from '@tanstack/react-query'
import { callJson } from './http.ts'

/** What flows can have, as the server's registry declares it. */
export interface Components {
  readonly steps: readonly StepComponent[]
  readonly adapters: readonly AdapterComponent[]
  /** Of the flow as a whole: the collaboration. */
  readonly flow: readonly PropertyComponent[]
  readonly process: readonly PropertyComponent[]
  readonly localProcess: readonly PropertyComponent[]
  /** Of sequence flows that leave a Router, besides the condition. */
  readonly route: readonly PropertyComponent[]
  /** Properties of fresh elements that are no steps. */
  readonly templates: Readonly<
    Record<'flow' | 'process' | 'localProcess' | 'exceptionSubprocess' | 'route', Readonly<Record<string, string>>>
  >
  readonly expressions: readonly ExpressionHelp[]
}

/** One type of step. */
export interface StepComponent {
  readonly type: string
  readonly label: string
  readonly doc: string
  /** Of the palette: `Events`, `Transformation`, `Call`, … */
  readonly group: string
  /** Of components, both included. */
  readonly versions: { readonly from: string; readonly to: string }
  /** How many sequence flows may leave the step. */
  readonly leaves: 'one' | 'none' | 'several'
  readonly branching?: 'splits' | 'multicasts' | 'gathers' | 'joins'
  /** What a fresh element is. */
  readonly element: {
    /** BPMN local name: `callActivity`, `startEvent`, … */
    readonly tag: string
    /** Kind of the event definition. */
    readonly event?: 'message' | 'timer' | 'error' | 'escalation' | 'terminate'
    /** Of standard loop characteristics, whose ID is also in property `loopId`. */
    readonly loop?: { readonly maximum: number }
    readonly properties: Readonly<Record<string, string>>
  }
  readonly properties: readonly PropertyComponent[]
}

/** One adapter. */
export interface AdapterComponent {
  /** `ComponentType` of its channels. */
  readonly type: string
  readonly label: string
  readonly doc: string
  readonly sender?: AdapterSide
  readonly receiver?: AdapterSide
}

/** An adapter in one direction. */
export interface AdapterSide {
  readonly doc: string
  readonly versions: { readonly from: string; readonly to: string }
  readonly properties: readonly PropertyComponent[]
  /** Properties of a fresh channel: all but `system`, the name of the participant. */
  readonly channel: Readonly<Record<string, string>>
}

/** A field of a property sheet. */
export interface PropertyComponent {
  readonly key: string
  readonly label: string
  readonly doc: string
  readonly tab: string
  readonly kind: 'text' | 'choice' | 'flag' | 'number' | 'table'
  /** What the property means where an element lacks it, as files say it. Undefined: the property is required. */
  readonly default?: string
  readonly required?: true
  readonly min?: number
  readonly max?: number
  readonly choices?: readonly ChoiceComponent[]
  readonly columns?: readonly ColumnComponent[]
  /** Values that are usual, among others. */
  readonly usual?: readonly string[]
  /** The value is, or may hold, an expression of this language. */
  readonly expression?: 'simple' | 'xpath'
  readonly multiline?: true
  /** The rows are those of a timer's schedule. */
  readonly isSchedule?: true
  readonly names?: Named
  readonly resource?: NamedFile
  /** The property counts only when another one has, or means by default, one of these values. */
  readonly shownWhen?: { readonly key: string; readonly values: readonly string[] }
  /** The last component version that has the property: fresh elements do without. */
  readonly until?: string
}

/** What a value may be the name of. */
export type Named =
  | 'credential'
  | 'keyPair'
  | 'localProcess'
  | 'messageMapping'
  | 'queue'
  | 'route'
  | 'scriptCollection'

/** Files of the artifact that a value may name. */
export interface NamedFile {
  /** Of their names, without dots. */
  readonly endings: readonly string[]
  /** Below `src/main/resources`. */
  readonly folder: string
  /**
   * What the element has when a file is chosen, by the key of the property: `{file}` is the file's path below the folder,
   * `{name}` the same without its ending.
   */
  readonly values: Readonly<Record<string, string>>
}

/** A value that a property or cell may have. */
export interface ChoiceComponent {
  readonly value: string
  readonly label: string
  readonly doc: string
}

/** A cell of the rows of a table. */
export interface ColumnComponent {
  /** Tells the column from others. */
  readonly key: string
  /** The same in the file; empty where cells have no ids. */
  readonly id: string
  readonly label: string
  readonly doc: string
  readonly choices?: readonly ChoiceComponent[]
  readonly names?: Named
}

/** What can be written in a language of expressions. */
export interface ExpressionHelp {
  readonly language: 'simple' | 'xpath'
  readonly label: string
  readonly doc: string
  readonly functions: readonly { readonly text: string; readonly doc: string }[]
  readonly variables: readonly { readonly text: string; readonly doc: string }[]
}

/** The registry changes with the server's version only. */
export const componentsQuery = queryOptions({
  queryKey: ['components'],
  queryFn: ({ signal }) => callJson<Components>('GET', '/api/design/v1/components', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})
