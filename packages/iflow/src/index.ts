/**
 * The engine: the files of an artifact become a plan and diagnostics, and messages run through the plan. It does no input
 * or output, reads no clock and draws no random number: it is given ports.
 */

export * from './bundle/index.ts'
export {
  type Adapter,
  type AdapterContext,
  type AdapterDeclaration,
  type AdapterExample,
  type AdapterSide,
  type ChannelTemplate,
  defineAdapter,
  type ErasedSide,
  type Receiver,
} from './compile/adapter.ts'
export { type CompileInput, type CompileResult, compileFlow } from './compile/compile-flow.ts'
export { type Container, containers, freshContainer } from './compile/containers.ts'
export type * from './compile/entry-point.ts'
export { freshChannel, freshElement, writtenDefault } from './compile/fresh.ts'
export { identifyStep } from './compile/identify-step.ts'
export { prepareFlow } from './compile/prepare-flow.ts'
export {
  type Cells,
  type Choice,
  type Choices,
  type Column,
  type Columns,
  choice,
  choicesOf,
  flag,
  list,
  type Named,
  type NamedFile,
  type Presentation,
  type Prop,
  type Props,
  tab,
  table,
  text,
  type Values,
  when,
  wholeNumber,
} from './compile/props.ts'
export type { Registry } from './compile/registry.ts'
export type { Report } from './compile/reporter.ts'
export {
  type Branching,
  type Closing,
  defineStep,
  type ElementTemplate,
  type ExampleMessage,
  type ExampleRoute,
  type Outgoing,
  type Step,
  type StepContext,
  type StepDeclaration,
  type StepExample,
  type StepGroup,
} from './compile/step.ts'
export type { Versions } from './compile/versions.ts'
export type { Diagnostic, DiagnosticLocation } from './diagnostic.ts'
export { expressions } from './expressions/index.ts'
export type * from './expressions/language.ts'
export { encodeBase64 } from './formats/base64.ts'
export { mappingFunctions } from './mapping/functions/index.ts'
export type * from './ports.ts'
export { Body, type StoredBytes } from './run/body.ts'
export { type Attachment, Exchange, type ExchangeParts } from './run/exchange.ts'
export { Failure, type FailureCode, type FailureException, type FailureOptions } from './run/failure.ts'
export { HeaderMap } from './run/header-map.ts'
export { defaultRunLimits, type RunLimits } from './run/limits.ts'
export type { RunControl, RunOptions, Section } from './run/options.ts'
export type * from './run/plan.ts'
export type {
  AdapterAttribute,
  LogAttachment,
  LogProperty,
  LogWriter,
  RunLog,
  RunResult,
  RunStatus,
} from './run/result.ts'
export { startRun } from './run/run.ts'
export type { RunScope, SubRun, SubRunEnding } from './run/scope.ts'
export type { RunObserver, TraceEvent } from './run/trace.ts'
export { duplicateEntry } from './run/transaction.ts'
export { asText } from './run/value.ts'
export { checkXml } from './run/xml-reader.ts'
export { dataStoreLimits, randomId } from './steps/data-store/data-store.ts'
export { steps } from './steps/index.ts'
export { drawFlow } from './templates/drawing/draw-flow.ts'
export { emptyFlow } from './templates/empty.ts'
export type * from './templates/flow-template.ts'
export { flowTemplates } from './templates/index.ts'
export {
  readValueMapping,
  type ValueEntry,
  type ValueGroup,
  valueMappingFile,
} from './value-mapping/read-value-mapping.ts'
export {
  deleteValueSchema,
  type EditedValueMaps,
  readValueMaps,
  readValueSchemas,
  setDefaultValueMap,
  upsertValueMap,
  type ValueMap,
  type ValueMapProblem,
  type ValueSchema,
} from './value-mapping/value-maps.ts'
export { type LookUpValue, valueTable } from './value-mapping/value-table.ts'
