import type { Seal } from './seal.ts'
import { readHeaded, unsealed, writeHeaded } from './stored-message.ts'
import type { TracedMessage } from './trace-store.ts'

/** What stands before the body. */
type Head = Omit<TracedMessage, 'body'>

/** A message at a step as it is kept: encrypted, and bound to its step. */
export function sealTraced(seal: Seal, runId: string, step: number, message: TracedMessage): Uint8Array {
  const { body, ...head } = message
  return seal.seal(nameOf(runId, step), writeHeaded(head satisfies Head, body))
}

export function openTraced(seal: Seal, runId: string, step: number, sealed: Uint8Array): TracedMessage {
  const { head, body } = readHeaded<Head>(unsealed(seal, nameOf(runId, step), sealed))
  return { ...head, body }
}

function nameOf(runId: string, step: number): string {
  return `trace:${runId}:${step}`
}
