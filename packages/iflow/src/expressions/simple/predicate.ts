import { asText } from '../../run/value.ts'
import type { Compiled, Evaluate } from '../language.ts'
import { compileComparison, operators } from './comparison.ts'
import { compileTemplate, endOfFunction } from './template.ts'

/**
 * Compiles a condition: comparisons joined by `and` and `or`, which are taken from left to right without precedence, as
 * the language has no parentheses. An operand alone is true unless it is nothing or the text `false`.
 */
export function compilePredicate(source: string): Compiled<boolean> {
  const tokens = tokenize(source)
  if ('problem' in tokens) return tokens
  const cursor = { tokens: tokens.tokens, position: 0 }
  let left = compileTerm(cursor, source)
  while (!('problem' in left) && cursor.position < cursor.tokens.length) {
    const word = cursor.tokens[cursor.position]
    if (word?.kind !== 'logic') return { problem: `Expected "and" or "or" in "${source}", found "${word?.text}".` }
    cursor.position += 1
    const right = compileTerm(cursor, source)
    if ('problem' in right) return right
    left = { evaluate: combine(left.evaluate, word.text, right.evaluate) }
  }
  return left
}

type Token =
  | { readonly kind: 'operator' | 'logic'; readonly text: string }
  | { readonly kind: 'operand'; readonly text: string; readonly evaluate: Evaluate<unknown>; readonly literal?: string }

interface Cursor {
  readonly tokens: readonly Token[]
  position: number
}

function compileTerm(cursor: Cursor, source: string): Compiled<boolean> {
  const left = cursor.tokens[cursor.position]
  if (left?.kind !== 'operand')
    return { problem: `Expected a value in "${source}", found "${left?.text ?? 'the end'}".` }
  const operator = cursor.tokens[cursor.position + 1]
  if (operator?.kind !== 'operator') {
    cursor.position += 1
    return { evaluate: (exchange, scope) => isTrue(left.evaluate(exchange, scope)) }
  }
  const right = cursor.tokens[cursor.position + 2]
  if (right?.kind !== 'operand') {
    return { problem: `Expected a value after "${operator.text}" in "${source}", found "${right?.text ?? 'the end'}".` }
  }
  cursor.position += 3
  return compileComparison(left.evaluate, operator.text, right.evaluate, right.literal)
}

function combine(left: Evaluate<boolean>, word: string, right: Evaluate<boolean>): Evaluate<boolean> {
  return word === 'and'
    ? (exchange, scope) => left(exchange, scope) && right(exchange, scope)
    : (exchange, scope) => left(exchange, scope) || right(exchange, scope)
}

function isTrue(value: unknown): boolean {
  if (value === null || value === undefined) return false
  return typeof value === 'boolean' ? value : asText(value).toLowerCase() !== 'false'
}

function tokenize(source: string): { tokens: Token[] } | { problem: string } {
  const tokens: Token[] = []
  let position = 0
  while (position < source.length) {
    const blank = /^\s+/.exec(source.slice(position))
    if (blank !== null) {
      position += blank[0].length
      continue
    }
    const read = readToken(source, position)
    if ('problem' in read) return read
    tokens.push(read.token)
    position += read.length
  }
  return { tokens }
}

type Read = { readonly token: Token; readonly length: number } | { readonly problem: string }

const operatorPattern = new RegExp(`^(?:${operators.map(pattern => `(?:${pattern})`).join('|')})`)

function readToken(source: string, position: number): Read {
  const rest = source.slice(position)
  if (rest.startsWith('${')) return readFunction(source, position)
  if (rest.startsWith("'") || rest.startsWith('"')) return readQuoted(rest)
  const logic = /^(?:(and|or)\b|&&|\|\|)/.exec(rest)
  if (logic !== null) {
    const text = logic[1] ?? (logic[0] === '&&' ? 'and' : 'or')
    return { token: { kind: 'logic', text }, length: logic[0].length }
  }
  const operator = operatorPattern.exec(rest)
  if (operator !== null) {
    return { token: { kind: 'operator', text: operator[0].replace(/\s+/g, ' ') }, length: operator[0].length }
  }
  const word = /^(?:null|true|false|-?\d+(?:\.\d+)?)(?=\s|$)/.exec(rest)
  if (word !== null) return { token: constantToken(word[0]), length: word[0].length }
  return { problem: `Expected \${…}, a quoted text, a number or an operator, found "${rest}".` }
}

function readFunction(source: string, position: number): Read {
  const end = endOfFunction(source, position)
  if (end < 0) return { problem: `Expected "}", found the end after "${source.slice(position)}".` }
  const text = source.slice(position, end + 1)
  const compiled = compileTemplate(text)
  if ('problem' in compiled) return compiled
  return { token: { kind: 'operand', text, evaluate: compiled.evaluate }, length: text.length }
}

function readQuoted(rest: string): Read {
  const end = rest.indexOf(rest.charAt(0), 1)
  if (end < 0) return { problem: `Expected a closing quote, found the end after ${rest}.` }
  const text = rest.slice(1, end)
  const length = end + 1
  if (!text.includes('${')) return { token: { kind: 'operand', text, evaluate: () => text, literal: text }, length }
  const compiled = compileTemplate(text)
  if ('problem' in compiled) return compiled
  return { token: { kind: 'operand', text, evaluate: (...args) => asText(compiled.evaluate(...args)) }, length }
}

function constantToken(word: string): Token {
  const value = word === 'null' ? null : word === 'true' || word === 'false' ? word === 'true' : Number(word)
  return { kind: 'operand', text: word, evaluate: () => value }
}
