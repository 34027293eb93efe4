import { Failure } from '../../run/failure.ts'
import { asText } from '../../run/value.ts'
import type { Compiled, Evaluate } from '../language.ts'
import { compileDateFormat } from './date-format.ts'
import { type Access, compileAccess, splitAccess } from './ognl.ts'

const caught = 'CamelExceptionCaught'
const hourMs = 3_600_000
const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: hourMs, d: 24 * hourMs }

/** Functions without arguments. Those of files read the name that file adapters put into `CamelFileName`. */
const constants: Readonly<Record<string, Evaluate<unknown>>> = {
  null: () => null,
  camelId: (_, scope) => scope.flowId,
  exchangeId: (_, scope) => scope.messageGuid,
  id: (_, scope) => scope.messageGuid,
  exception: exchange => exchange.properties.get(caught),
  'exception.message': failureText,
  'exception.getMessage()': failureText,
  'file:ext': fileName(name => /\.(.+)$/.exec(withoutFolder(name))?.[1] ?? null),
  'file:name': fileName(name => name),
  'file:name.noext': fileName(name => name.replace(/\.[^/]+$/, '')),
  'file:onlyname': fileName(withoutFolder),
  'file:onlyname.noext': fileName(name => withoutFolder(name).replace(/\..+$/, '')),
  'exception.stacktrace': exchange => {
    const failure = exchange.properties.get(caught)
    if (!(failure instanceof Failure)) return failure ?? null
    return `${failure.message}\n\tat step ${failure.stepId ?? 'unknown'} (${failure.code})`
  },
}

/** Compiles what stands between `${` and `}`, when no other function is nested in it. */
export function compileFunction(text: string): Compiled<unknown> {
  const constant = constants[text]
  if (constant !== undefined) return { evaluate: constant }
  if (text.startsWith('date:')) return compileDate(text.slice('date:'.length), 'UTC')
  if (text.startsWith('date-with-timezone:')) return compileZonedDate(text.slice('date-with-timezone:'.length))
  const named = /^(?:in\.)?(headers?|property|exchangeProperty)([.:[])(.*)$/s.exec(text)
  if (named !== null) return compileNamed(named[1] ?? '', named[2] ?? '', named[3] ?? '')
  const body = /^(?:in\.)?body(?:As\(String\))?(.*)$/s.exec(text.replace(/^mandatoryBodyAs/, 'bodyAs'))
  if (body !== null) return compileBody(body[1] ?? '')
  const ofException = /^exception\.(?:get(?=[A-Z])(\w+)\(\)|(\w+))$/.exec(text)
  if (ofException !== null) return compileExceptionProperty(ofException[1] ?? ofException[2] ?? '')
  const typed = /^headerAs\(\s*'?([^',]+?)'?\s*,\s*'?(?:java\.lang\.)?String'?\s*\)$/.exec(text)
  if (typed !== null) return { evaluate: lookup('header', typed[1] ?? '', asText) }
  return unsupported(text)
}

/** What a receiver's refusal tells besides its message. */
const exceptionProperties = new Set(['responseBody', 'responseHeaders', 'statusCode', 'statusText'])

function compileExceptionProperty(getter: string): Compiled<unknown> {
  const name = getter.charAt(0).toLowerCase() + getter.slice(1)
  if (!exceptionProperties.has(name)) return unsupported(`exception.${getter}`)
  return {
    evaluate: exchange => {
      const failure = exchange.properties.get(caught)
      return (failure instanceof Failure ? failure.exception?.properties[name] : undefined) ?? null
    },
  }
}

function unsupported(text: string): Compiled<unknown> {
  return { problem: `Expected a function of the Simple language that is supported, found "\${${text}}".` }
}

/** The reader of a header or property whose name may be computed for each message. */
export function lookup(container: string, name: string | Evaluate<string>, access?: Access): Evaluate<unknown> {
  const nameOf = typeof name === 'string' ? () => name : name
  const read: Evaluate<unknown> = container.startsWith('header')
    ? (exchange, scope) => exchange.headers.get(nameOf(exchange, scope)) ?? null
    : (exchange, scope) => exchange.properties.get(nameOf(exchange, scope)) ?? null
  if (access === undefined) return read
  return (exchange, scope) => {
    const value = read(exchange, scope)
    return value === null ? null : access(value)
  }
}

function compileNamed(container: string, separator: string, rest: string): Compiled<unknown> {
  if (separator === '[') {
    const close = rest.indexOf(']')
    if (close < 0) return { problem: `Expected "]" after the name, found "\${${container}[${rest}}".` }
    const name = rest.slice(0, close).replace(/^'(.*)'$/, '$1')
    const compiled = compileAccess(rest.slice(close + 1))
    return 'problem' in compiled ? compiled : { evaluate: lookup(container, name, compiled.access) }
  }
  const split = splitAccess(rest)
  if ('problem' in split) return split
  if (split.name === '') return { problem: `Expected a name, found "\${${container}${separator}${rest}}".` }
  return { evaluate: lookup(container, split.name, split.access) }
}

function compileBody(suffix: string): Compiled<unknown> {
  if (suffix === '') return { evaluate: exchange => (exchange.body.isNull ? null : exchange.text()) }
  const compiled = compileAccess(suffix === '.length' ? '.length()' : suffix)
  if ('problem' in compiled) return compiled
  const { access } = compiled
  return { evaluate: exchange => (exchange.body.isNull ? null : access(exchange.text())) }
}

function compileZonedDate(rest: string): Compiled<unknown> {
  const match = /^([^:]+):([^:]+):(.+)$/s.exec(rest)
  if (match === null) return { problem: `Expected date-with-timezone:command:zone:pattern, found "${rest}".` }
  return compileDate(`${match[1]}:${match[3]}`, match[2] ?? '')
}

/** `now`, optionally moved as in `now-2h` or `now+1d12h`, and a pattern. Without one, Java's `Date.toString()`. */
function compileDate(rest: string, zone: string): Compiled<unknown> {
  const match = /^now\s*((?:[+-]\s*(?:\d+[smhd])+)?)(?::(.*))?$/s.exec(rest)
  if (match === null)
    return { problem: `Expected date:now with an optional shift and a pattern, found "date:${rest}".` }
  const shiftMs = shiftOf(match[1] ?? '')
  const compiled = compileDateFormat(match[2] ?? 'EEE MMM dd HH:mm:ss zzz yyyy', zone)
  if ('problem' in compiled) return compiled
  return { evaluate: (_, scope) => compiled.format(scope.ports.clock.now() + shiftMs) }
}

function shiftOf(text: string): number {
  let total = 0
  for (const [, count, unit = ''] of text.matchAll(/(\d+)([smhd])/g)) total += Number(count) * (unitMs[unit] ?? 0)
  return text.startsWith('-') ? -total : total
}

function failureText(exchange: Parameters<Evaluate<unknown>>[0]): unknown {
  const failure = exchange.properties.get(caught)
  return failure instanceof Error ? failure.message : (failure ?? null)
}

function fileName(part: (name: string) => string | null): Evaluate<unknown> {
  return exchange => {
    const name = exchange.headers.get('CamelFileName')
    return name === null || name === undefined ? null : part(asText(name))
  }
}

function withoutFolder(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
