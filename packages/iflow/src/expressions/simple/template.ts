import { asText } from '../../run/value.ts'
import type { Compiled, Evaluate } from '../language.ts'
import { compileFunction, lookup } from './simple-function.ts'

/**
 * Compiles a text with `${…}` functions in it. A text that is one function gives that function's value, whatever its
 * type; any other gives text, where nothing is written for a value that is not there. A text without functions stands
 * for itself.
 */
export function compileTemplate(source: string): Compiled<unknown> {
  const parts: Evaluate<unknown>[] = []
  let literal = ''
  let position = 0
  while (position < source.length) {
    if (source.startsWith('${', position)) {
      const end = endOfFunction(source, position)
      if (end < 0) return { problem: `Expected "}", found the end after "${source.slice(position, position + 40)}".` }
      const compiled = compileNested(source.slice(position + 2, end))
      if ('problem' in compiled) return compiled
      if (literal !== '') parts.push(constantly(literal))
      literal = ''
      parts.push(compiled.evaluate)
      position = end + 1
      continue
    }
    const [text, length] = readLiteral(source, position)
    literal += text
    position += length
  }
  if (literal !== '' || parts.length === 0) parts.push(constantly(literal))
  return { evaluate: join(parts) }
}

/** The index of the `}` that closes the function opened at `start`, or -1. */
export function endOfFunction(source: string, start: number): number {
  let depth = 0
  for (let position = start; position < source.length; position += 1) {
    if (source.startsWith('${', position)) {
      depth += 1
      position += 1
    } else if (source[position] === '}') {
      depth -= 1
      if (depth === 0) return position
    }
  }
  return -1
}

/** Text up to the next `${`, or one escape: the language reads `\n`, `\r`, `\t` and `\}` in text. */
function readLiteral(source: string, position: number): [text: string, length: number] {
  const escaped = escapes[source.slice(position, position + 2)]
  if (escaped !== undefined) return [escaped, 2]
  const rest = source.slice(position + 1)
  const next = rest.search(/\$\{|\\[nrt}]/)
  const length = next < 0 ? source.length - position : next + 1
  return [source.slice(position, position + length), length]
}

const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\t': '\t', '\\}': '}' }

/** A function whose header or property name is itself computed: `${property.a${property.b}}`. */
function compileNested(text: string): Compiled<unknown> {
  if (!text.includes('${')) return compileFunction(text.trim())
  const match = /^\s*(?:in\.)?(headers?|property|exchangeProperty)[.:](.*)$/s.exec(text)
  if (match === null) return { problem: `Expected a header or property with a computed name, found "\${${text}}".` }
  const name = compileTemplate(match[2] ?? '')
  if ('problem' in name) return name
  return { evaluate: lookup(match[1] ?? '', (exchange, scope) => asText(name.evaluate(exchange, scope))) }
}

function constantly(value: string): Evaluate<unknown> {
  return () => value
}

function join(parts: readonly Evaluate<unknown>[]): Evaluate<unknown> {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  return (exchange, scope) => {
    let text = ''
    for (const part of parts) text += asText(part(exchange, scope))
    return text
  }
}
