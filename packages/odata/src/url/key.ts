import { type EntityType, findProperty, type PrimitiveValue } from '../edm/model.ts'
import { ODataError } from '../error.ts'
import type { LiteralValue } from '../filter.ts'
import { literalAs, scanLiteral } from './literal.ts'

/** Values of all key properties by name. */
export type Key = Readonly<Record<string, PrimitiveValue>>

/** A path segment split into its name and, where there are parentheses, the predicate's values as written. */
export interface ParsedSegment {
  readonly name: string
  /** A single value without a name is kept under the empty name. Undefined without parentheses, and for `()`. */
  readonly predicate: ReadonlyMap<string, LiteralValue> | undefined
}

const segmentPattern = /^([$A-Za-z_][\w.]*)\s*(\(.*\))?\s*$/su

/** Reads `Name`, `Name('x')` or `Name(Id='x',Version='active')`. The text is percent-decoded. */
export function parseSegment(text: string): ParsedSegment {
  const match = segmentPattern.exec(text)
  if (!match?.[1])
    throw new ODataError('malformed-key', `Expected a name and perhaps a key in parentheses, found "${text}"`)
  const inside = match[2]?.slice(1, -1).trim()
  return { name: match[1], predicate: inside ? parsePredicate(inside) : undefined }
}

function parsePredicate(text: string): ReadonlyMap<string, LiteralValue> {
  const values = new Map<string, LiteralValue>()
  const fail = (expected: string, at: number): never => {
    const found = at < text.length ? `"${text.slice(at, at + 20)}"` : 'the end'
    throw new ODataError('malformed-key', `Expected ${expected} in the key (${text}), found ${found}`)
  }
  let at = 0
  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? ''
    at += found.length
    return found
  }
  while (at < text.length) {
    skip(/\s*/y)
    const name = skip(/[A-Za-z_]\w*\s*=\s*/y)
      .replace('=', '')
      .trim()
    const literal = scanLiteral(text, at, 'malformed-key') ?? fail("a value such as 'x' or 7L", at)
    if (values.has(name)) fail('each property once', at)
    values.set(name, literal.value)
    at += literal.length
    skip(/\s*/y)
    if (at < text.length && skip(/,/y) === '') fail('"," or the end', at)
    else if (at === text.length && text.endsWith(',')) fail('another property', at)
  }
  if (values.has('') && values.size > 1) fail('names for all properties', 0)
  return values
}

/** Fits a predicate to the key of `type`: one unnamed value, or all key properties by name in any order. */
export function resolveKey(type: EntityType, predicate: ReadonlyMap<string, LiteralValue>): Key {
  const [only] = type.key
  const named =
    predicate.has('') && type.key.length === 1 && only !== undefined
      ? new Map([[only, predicate.get('') as LiteralValue]])
      : predicate
  const complete = named.size === type.key.length && type.key.every(name => named.has(name))
  if (!complete) {
    const expected = type.key.map(name => `${name}=…`).join(',')
    const found = [...named.keys()].map(name => `${name}=…`).join(',')
    throw new ODataError('malformed-key', `Expected the key (${expected}) for ${type.name}, found (${found})`)
  }
  return Object.fromEntries(type.key.map(name => [name, keyValue(type, name, named.get(name) as LiteralValue)]))
}

function keyValue(type: EntityType, name: string, literal: LiteralValue): PrimitiveValue {
  const declared = findProperty(type, name)?.type
  const value = typeof declared === 'string' ? literalAs(declared, literal) : undefined
  if (value === undefined) {
    throw new ODataError('malformed-key', `Expected a value of type ${String(declared)} for "${name}" in the key`)
  }
  return value
}
