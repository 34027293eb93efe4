import type { EditedFiles, Reply, SimulationRequest } from '../../api/flow-trials.ts'

/** A header or property, as it is typed. */
export interface NamedText {
  readonly name: string
  readonly value: string
}

/** A reply of a receiver, as it is typed. */
export interface ReplyInput {
  /** `echo`: what it got. */
  readonly kind: 'echo' | 'reply' | 'failure'
  readonly status: string
  readonly headers: readonly NamedText[]
  readonly body: string
  readonly failure: string
}

/** What a person says of a simulation. */
export interface SimulationInput {
  /** ID of a step, event or sequence flow; empty: the start of the flow. */
  readonly from: string
  /** As `from`; empty: the end. */
  readonly to: string
  readonly headers: readonly NamedText[]
  readonly properties: readonly NamedText[]
  readonly body: string
  /** A body that is no text, in place of it. */
  readonly file: { readonly name: string; readonly base64: string } | undefined
  /** By the ID of the receiver's channel. */
  readonly replies: Readonly<Record<string, ReplyInput>>
}

export const emptyInput: SimulationInput = {
  from: '',
  to: '',
  headers: [],
  properties: [],
  body: '',
  file: undefined,
  replies: {},
}

export const emptyReply: ReplyInput = { kind: 'echo', status: '200', headers: [], body: '', failure: '' }

/** What is sent. Elements and channels that the flow does not have any more are left out. */
export function requestOf(
  { from, to, headers, properties, body, file, replies }: SimulationInput,
  flow: EditedFiles,
  hasElement: (id: string) => boolean,
): SimulationRequest {
  const mocks = Object.entries(replies).flatMap(([channel, input]) => {
    const reply = hasElement(channel) ? replyOf(input) : undefined
    return reply ? [[channel, reply] as const] : []
  })
  return {
    ...flow,
    ...(from !== '' && hasElement(from) && { from }),
    ...(to !== '' && hasElement(to) && { to }),
    message: {
      headers: recordOf(headers),
      properties: recordOf(properties),
      ...(file ? { bytes: file.base64 } : body !== '' && { body }),
    },
    mocks: Object.fromEntries(mocks),
  }
}

function replyOf({ kind, status, headers, body, failure }: ReplyInput): Reply | undefined {
  if (kind === 'echo') return undefined
  if (kind === 'failure') return { failure }
  return { status: Number(status), headers: recordOf(headers), body }
}

function recordOf(rows: readonly NamedText[]): Record<string, string> {
  return Object.fromEntries(rows.flatMap(({ name, value }) => (name.trim() === '' ? [] : [[name.trim(), value]])))
}

/** Whether a reply can be sent: statuses have three digits. */
export function isStatus(status: string): boolean {
  return /^[1-5]\d\d$/.test(status.trim())
}

/** Where the last input of each flow is kept, as long as the browser's tab is open. */
const keyOf = (flowId: string) => `sluice.simulation.${flowId}`

/** What was typed for a flow before, if anything was. */
export function keptInput(flowId: string, storage: Pick<Storage, 'getItem'>): SimulationInput {
  try {
    const kept = JSON.parse(storage.getItem(keyOf(flowId)) ?? '{}') as Partial<SimulationInput>
    return { ...emptyInput, ...kept }
  } catch {
    return emptyInput
  }
}

/** Keeps what was typed; more than the browser keeps is not kept. */
export function keepInput(flowId: string, input: SimulationInput, storage: Pick<Storage, 'setItem'>): void {
  try {
    storage.setItem(keyOf(flowId), JSON.stringify(input))
  } catch {
    // The quota of the browser is used up.
  }
}
