import { extname } from 'node:path'
import type { RawMatcher } from './case-schema.ts'
import { readBytes } from './content.ts'
import { parseJson, prettyJson } from './pretty-json.ts'
import { prettyXmlPair } from './pretty-xml.ts'
import { unifiedDiff } from './unified-diff.ts'

/** Content that a run left: null when there is none. */
export type Found = string | Uint8Array | null

/**
 * Compares what was found with what a case expects. Resolves with lines that say how they differ, none when they do not.
 * `charset`: of bytes that are compared as text. Throws `MissingContent`.
 */
export async function differences(
  expected: RawMatcher,
  found: Found,
  folder: string,
  charset = 'UTF-8',
): Promise<readonly string[]> {
  const actual = new Actual(found, charset)
  if (expected === null) return found === null || found.length === 0 ? [] : unifiedDiff(['nothing'], actual.lines)
  if (typeof expected !== 'object') return compareGuessed(String(expected), actual)
  const lines: string[] = []
  if (expected.xml !== undefined) lines.push(...compareXml(expected.xml, actual))
  if ('json' in expected) lines.push(...compareJson(expected.json, actual))
  if (expected.text !== undefined) lines.push(...compareText(expected.text, actual))
  if (expected.exact !== undefined) lines.push(...compareExact(expected.exact, actual))
  if (expected.base64 !== undefined) lines.push(...compareBytes(Buffer.from(expected.base64, 'base64'), actual))
  if (expected.file !== undefined) lines.push(...(await compareFile(expected.file, actual, folder)))
  if (expected.matches !== undefined) lines.push(...compareRegex(expected.matches, actual))
  for (const part of [expected.contains ?? []].flat()) {
    if (!actual.text.includes(part)) lines.push(`expected some part "${part}", found`, ...actual.lines)
  }
  return lines
}

/** What was found, as bytes and as text. */
class Actual {
  readonly isAbsent: boolean
  readonly bytes: Uint8Array
  readonly text: string

  constructor(found: Found, charset: string) {
    this.isAbsent = found === null
    this.bytes = typeof found === 'string' ? Buffer.from(found) : (found ?? new Uint8Array())
    this.text = typeof found === 'string' ? found : decode(this.bytes, charset)
  }

  get lines(): readonly string[] {
    return this.isAbsent ? ['nothing'] : this.text.split(/\r?\n/)
  }
}

function decode(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

function compareGuessed(expected: string, actual: Actual): readonly string[] {
  if (expected.trimStart().startsWith('<')) {
    const pair = prettyXmlPair(expected, actual.text)
    if (pair) return unifiedDiff(...pair)
  }
  if (/^\s*[[{]/.test(expected)) {
    const [left, right] = [parseJson(expected), parseJson(actual.text)]
    if (left && right) return unifiedDiff(prettyJson(left.value), prettyJson(right.value))
  }
  return compareText(expected, actual)
}

function compareXml(expected: string, actual: Actual): readonly string[] {
  const pair = prettyXmlPair(expected, actual.text)
  return pair ? unifiedDiff(...pair) : ['expected XML, found', ...actual.lines]
}

function compareJson(expected: unknown, actual: Actual): readonly string[] {
  const parsed = parseJson(actual.text)
  return parsed
    ? unifiedDiff(prettyJson(expected), prettyJson(parsed.value))
    : ['expected JSON, found', ...actual.lines]
}

function compareText(expected: string, actual: Actual): readonly string[] {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').replace(/\n+$/, '')
  const [left, right] = [plain(expected), plain(actual.text)]
  if (left === right && !actual.isAbsent) return []
  return unifiedDiff(left.split('\n'), actual.isAbsent ? actual.lines : right.split('\n'))
}

function compareExact(expected: string, actual: Actual): readonly string[] {
  if (expected === actual.text && !actual.isAbsent) return []
  const visible = (text: string) => text.split(/(?<=\n)/).map(line => JSON.stringify(line).slice(1, -1))
  return unifiedDiff(visible(expected), visible(actual.text))
}

function compareBytes(expected: Uint8Array, actual: Actual): readonly string[] {
  if (Buffer.compare(expected, actual.bytes) === 0) return []
  const shown = (bytes: Uint8Array) =>
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? ['']
  return unifiedDiff(shown(expected), shown(actual.bytes))
}

async function compareFile(file: string, actual: Actual, folder: string): Promise<readonly string[]> {
  const bytes = await readBytes(file, folder)
  const text = new TextDecoder().decode(bytes)
  switch (extname(file).toLowerCase()) {
    case '.xml':
      return compareXml(text, actual)
    case '.json':
      return compareJson(parseJson(text)?.value, actual)
    default:
      return text.includes('\ufffd') ? compareBytes(bytes, actual) : compareText(text, actual)
  }
}

function compareRegex(expected: string, actual: Actual): readonly string[] {
  const isMatch = new RegExp(expected, 'su').test(actual.text)
  return isMatch ? [] : [`expected a match of /${expected}/, found`, ...actual.lines]
}
