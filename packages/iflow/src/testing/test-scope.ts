import type { RunScope } from '../run/scope.ts'
import { fakePorts } from './ports.ts'

/** The scope of a run in which nothing else runs: for steps and expressions on their own. */
export function testScope(parts: Partial<RunScope> = {}): RunScope {
  return {
    ports: fakePorts(),
    flowId: 'flow',
    messageGuid: 'message-1',
    correlationId: 'correlation-1',
    logLevel: 'INFO',
    callDepth: 0,
    log: { attach: () => {}, addCustomHeader: () => {}, setStringProperty: () => {}, addAdapterAttribute: () => {} },
    concurrency: 0,
    call: () => undefined,
    branchOff: () => ({ kind: 'ended' }),
    onCompletion: () => undefined,
    failLater: () => undefined,
    ...parts,
  }
}
