import type { Seal } from './seal.ts'
import { readHeaded, unsealed, writeHeaded } from './stored-message.ts'
import type { TracedMessage } from './trace-store.ts'

/** What stands before the body. */
type Head = Omit<TracedMessage, 'body'>

/** A message at a step as it is kept: encrypted, and bound to its step. */
export function sealTraced(seal: Seal, messageGuid: string, step: number, message: TracedMessage): Uint8Array {
  const { body, ...head } = message
  return seal.seal(nameOf(messageGuid, step), writeHeaded(head satisfies Head, body))
}

export function openTraced(seal: Seal, messageGuid: string, step: number, sealed: Uint8Array): TracedMessage {
  const { head, body } = readHeaded<Head>(unsealed(seal, nameOf(messageGuid, step), sealed))
  return { ...head, body }
}

function nameOf(messageGuid: string, step: number): string {
  return `trace:${messageGuid}:${step}`
}
