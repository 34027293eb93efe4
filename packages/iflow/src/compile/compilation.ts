import type { FlowModel, ModelElement } from '../bpmn/model.ts'
import type { Bundle } from '../bundle/bundle.ts'
import type { Compiled, ExpressionLanguage } from '../expressions/language.ts'
import type { FlowSettings, PlanNode, Preparation, Process } from '../run/plan.ts'
import type { Receiver } from './adapter.ts'
import type { EntryPoint } from './entry-point.ts'
import type { Registry } from './registry.ts'
import type { Reporter } from './reporter.ts'

/** A part of the plan while it is being linked. Only the compiler sees it like this. */
export type Unlinked<T> = { -readonly [K in keyof T]: T[K] }

/** What the stages of one compilation share. */
export interface Compilation {
  readonly model: FlowModel
  readonly registry: Registry
  readonly reporter: Reporter
  readonly settings: FlowSettings
  /** Files of the artifact by path below `src/main/resources`. */
  readonly resources: ReadonlyMap<string, Uint8Array>
  /** Other artifacts by symbolic name. */
  readonly artifacts: ReadonlyMap<string, Bundle>
  /** By BPMN id, all processes that have a start. Complete before the first step is compiled, but for `processBehind`. */
  readonly processes: Map<string, Unlinked<Process>>
  /** By BPMN id, every node of every process. Complete before the first step is compiled. */
  readonly nodes: ReadonlyMap<string, Unlinked<PlanNode>>
  /** Receiver channels by the id of the step they start at; undefined for one that could not be compiled. */
  readonly receivers: ReadonlyMap<string, readonly (Receiver | undefined)[]>
  /** Those of sender channels; start events that begin by themselves add theirs. */
  readonly entryPoints: EntryPoint[]
  readonly preparations: Preparation[]
}

/** Compiles one expression of a language of the registry; undefined when a mistake was reported at the element. */
export async function compileExpression<T>(
  compilation: Pick<Compilation, 'registry' | 'reporter' | 'settings'>,
  at: ModelElement,
  type: string,
  compile: (language: ExpressionLanguage) => Compiled<T> | Promise<Compiled<T>>,
): Promise<Extract<Compiled<T>, { evaluate: unknown }>['evaluate'] | undefined> {
  const report = compilation.reporter.at(at)
  const language = compilation.registry.expressions.find(candidate => candidate.type === type)
  if (language === undefined) {
    report('unsupported-expression', `Expected an expression language that is supported, found "${type}".`)
    return undefined
  }
  const compiled = await compile(language)
  if ('evaluate' in compiled) return compiled.evaluate
  report('unsupported-expression', compiled.problem)
  return undefined
}
