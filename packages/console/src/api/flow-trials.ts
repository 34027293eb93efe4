import { callJson } from './http.ts'

/** A flow as it is edited. */
export interface EditedFiles {
  readonly id: string
  /** Undefined: what is current. */
  readonly version?: string
  /** Files that differ from what is stored, by their path in the artifact. */
  readonly files: Readonly<Record<string, string>>
}

/** What is wrong with an artifact, as the compiler tells it. */
export interface Diagnostic {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly at: {
    readonly file?: string
    readonly elementId?: string
    readonly elementName?: string
    readonly line?: number
  }
}

/** What keeps a flow from running. */
export async function checkFlow(flow: EditedFiles, signal: AbortSignal): Promise<readonly Diagnostic[]> {
  const options = { json: flow, signal }
  return (await callJson<{ readonly diagnostics: readonly Diagnostic[] }>('POST', '/api/design/v1/checks', options))
    .diagnostics
}

/** What a mocked receiver answers. */
export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly failure?: string
}

/** A message through a part of a flow. */
export interface SimulationRequest extends EditedFiles {
  readonly from?: string
  readonly to?: string
  readonly message: {
    readonly headers: Readonly<Record<string, string>>
    readonly properties: Readonly<Record<string, string>>
    readonly body?: string
    readonly bytes?: string
  }
  /** By the ID of their channel. */
  readonly mocks: Readonly<Record<string, Reply>>
}

/** A message at a step. */
export interface SimulatedMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly properties: Readonly<Record<string, string>>
  readonly body: {
    readonly text?: string
    readonly base64?: string
    readonly mediaType: string
    /** Bytes of the whole. */
    readonly size: number
    readonly isCut: boolean
  }
}

export interface SimulatedStep {
  readonly elementId: string
  readonly name: string
  readonly depth: number
  readonly branch: string
  /** Undefined: it did not end. */
  readonly ms?: number
  /** Undefined: there are too many messages. */
  readonly before?: SimulatedMessage
  readonly after?: SimulatedMessage
  readonly error?: { readonly code: string; readonly message: string }
}

export interface SimulatedCall {
  readonly channelId: string
  readonly channelName: string
  readonly adapter: string
  readonly request?: {
    readonly method: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
  }
  readonly message: SimulatedMessage
}

export interface Simulation {
  readonly status: 'COMPLETED' | 'FAILED' | 'ESCALATED' | 'NOT_STARTED'
  readonly failure?: { readonly code: string; readonly message: string; readonly elementId?: string }
  readonly diagnostics: readonly Diagnostic[]
  readonly steps: readonly SimulatedStep[]
  readonly stepsLeftOut: number
  readonly calls: readonly SimulatedCall[]
  readonly message?: SimulatedMessage
}

/** Runs a message through a flow that is not deployed. */
export function simulate(request: SimulationRequest, signal: AbortSignal): Promise<Simulation> {
  return callJson('POST', '/api/design/v1/simulations', { json: request, signal })
}
