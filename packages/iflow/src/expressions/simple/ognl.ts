import { Failure } from '../../run/failure.ts'
import { asText } from '../../run/value.ts'

/** Applies the calls and indexes behind a value, `.trim().length()` or `[0]`; nothing stays nothing. */
export type Access = (value: unknown) => unknown

type Method = (value: unknown, args: readonly string[]) => unknown

/** The Java methods that expressions may call, by name and number of arguments. Text methods work on the value as text. */
const methods: Readonly<Record<string, Method>> = {
  'contains/1': (value, [part = '']) => asText(value).includes(part),
  'endsWith/1': (value, [end = '']) => asText(value).endsWith(end),
  'equals/1': (value, [other]) => asText(value) === other,
  'equalsIgnoreCase/1': (value, [other = '']) => asText(value).toLowerCase() === other.toLowerCase(),
  'getMessage/0': value => asText(value),
  'indexOf/1': (value, [part = '']) => asText(value).indexOf(part),
  'isEmpty/0': value => sizeOf(value) === 0,
  'keySet/0': value => (value instanceof Map ? [...value.keys()] : []),
  'lastIndexOf/1': (value, [part = '']) => asText(value).lastIndexOf(part),
  'length/0': value => asText(value).length,
  'replace/2': (value, [from = '', to = '']) => asText(value).replaceAll(from, () => to),
  'size/0': sizeOf,
  'split/1': (value, [separator = '']) => asText(value).split(separator),
  'startsWith/1': (value, [start = '']) => asText(value).startsWith(start),
  'substring/1': (value, [start]) => substring(asText(value), start, undefined),
  'substring/2': (value, [start, end]) => substring(asText(value), start, end),
  'toLowerCase/0': value => asText(value).toLowerCase(),
  'toString/0': value => asText(value),
  'toUpperCase/0': value => asText(value).toUpperCase(),
  'trim/0': value => asText(value).trim(),
}

/** The methods as they are written, for the reference pages. */
export const methodNames: readonly string[] = Object.keys(methods)

type Split = { readonly name: string; readonly access: Access | undefined } | { readonly problem: string }

/**
 * Splits `name.trim().length()` into the name and its accesses. What is not a call or an index belongs to the name, dots
 * included, because names of headers and properties may contain them.
 */
export function splitAccess(text: string): Split {
  const match = /^(.*?)((?:\.\w+\((?:[^()']|'[^']*')*\)|\[\w+\])+)$/s.exec(text)
  if (match !== null) {
    const compiled = compileAccess(match[2] ?? '')
    return 'problem' in compiled ? compiled : { name: match[1] ?? '', access: compiled.access }
  }
  return /[()]/.test(text) ? unsupported(text) : { name: text, access: undefined }
}

/** Compiles what follows a value: calls and indexes, and nothing else. */
export function compileAccess(suffix: string): { readonly access: Access } | { readonly problem: string } {
  const parts = suffix.match(/\.\w+\((?:[^()']|'[^']*')*\)|\[\w+\]/g) ?? []
  if (parts.join('') !== suffix) return unsupported(suffix)
  const steps: Access[] = []
  for (const part of parts) {
    const step = part.startsWith('[') ? compileIndex(part) : compileCall(part)
    if (step === undefined) return unsupported(part)
    steps.push(step)
  }
  return { access: value => steps.reduce((result, step) => (isNothing(result) ? null : step(result)), value) }
}

function unsupported(text: string): { problem: string } {
  return { problem: `Expected a method call that is supported, found "${text}".` }
}

function compileIndex(part: string): Access {
  const key = part.slice(1, -1)
  return value => {
    const list = Array.isArray(value) ? value : [value]
    if (value instanceof Map) return value.get(key)
    return key === 'last' ? list.at(-1) : (list[Number(key)] ?? null)
  }
}

function compileCall(part: string): Access | undefined {
  const open = part.indexOf('(')
  const args = Array.from(part.slice(open + 1, -1).matchAll(/\s*(?:'([^']*)'|([^,']+))\s*(?:,|$)/g), match =>
    (match[1] ?? match[2] ?? '').trim(),
  )
  const method = methods[`${part.slice(1, open)}/${args.length}`]
  return method && (value => method(value, args))
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length
  if (value instanceof Map || value instanceof Set) return value.size
  return asText(value).length
}

function substring(text: string, start: string | undefined, end: string | undefined): string {
  const from = Number(start)
  const to = end === undefined ? text.length : Number(end)
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= text.length)) {
    throw new Failure(
      `Expected positions within a text of ${text.length} characters, found substring(${start},${end ?? ''}).`,
      {
        code: 'expression',
      },
    )
  }
  return text.slice(from, to)
}
