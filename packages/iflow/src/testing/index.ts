/** What tests of flows, steps and adapters need: a fake world, messages, flows in a few lines, and a way to run them. */

export type { ReceiverAnswer, ReceiverCall } from '../mocking/mock-channels.ts'
export type { ReceiverScript, ScriptedAnswer } from '../mocking/mocked-receivers.ts'
export { propProblems } from './declared-props.ts'
export { exampleFlow } from './example-flow.ts'
export {
  type ChannelSketch,
  type ContainerSketch,
  type FlowSketch,
  flowText,
  type NodeSketch,
  type ProcessSketch,
  type SequenceSketch,
} from './flow-text.ts'
export { mappingText, source as mappingSource } from './mapping-text.ts'
export { message, request } from './messages.ts'
export { type FakeWorld, fakePorts, httpAnswer, SeededRandom, TestClock, testInstant } from './ports.ts'
export {
  type CompileOptions,
  compileSource,
  type FlowRun,
  type FlowSource,
  type RunFlowOptions,
  runFlow,
  testRegistry,
} from './run-flow.ts'
export { testAdapter } from './test-adapter.ts'
export { testScope } from './test-scope.ts'
