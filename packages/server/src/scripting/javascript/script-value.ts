import { asText, type Body, Failure } from '@sluice/iflow'
import type { ScriptValue } from './script-call.ts'

/** What scripts see of a value of a message; `kept` holds those that stay here. */
export function toScript(value: unknown, kept: unknown[]): ScriptValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  const each = (item: unknown) => toScript(item, kept)
  if (value instanceof Uint8Array) return { kind: 'bytes', latin1: Buffer.from(value).toString('latin1') }
  if (Array.isArray(value)) return { kind: 'list', items: value.map(each) }
  if (value instanceof Set) return { kind: 'set', items: Array.from(value, each) }
  if (value instanceof Map) {
    return { kind: 'map', entries: Array.from(value, ([key, entry]) => [each(key), each(entry)] as const) }
  }
  kept.push(value)
  const className = (value instanceof Failure && value.exception?.className) || 'java.lang.Exception'
  return { kind: 'kept', index: kept.length - 1, text: asText(value), className }
}

/** The value that a script left behind. */
export function fromScript(value: ScriptValue, kept: readonly unknown[]): unknown {
  if (value === null || typeof value !== 'object') return value
  const each = (item: ScriptValue) => fromScript(item, kept)
  switch (value.kind) {
    case 'bytes':
      return new Uint8Array(Buffer.from(value.latin1, 'latin1'))
    case 'list':
      return value.items.map(each)
    case 'set':
      return new Set(value.items.map(each))
    case 'map':
      return new Map(value.entries.map(([key, entry]) => [each(key), each(entry)]))
    case 'kept':
      return kept[value.index] ?? value.text
  }
}

/** The value as a body: bytes stay, all else is its text. */
export function contentOf(value: ScriptValue): Parameters<typeof Body.of>[0] {
  const content = fromScript(value, [])
  return content === null || content instanceof Uint8Array ? content : asText(content)
}
