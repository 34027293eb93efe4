import { asText, type Exchange } from '@sluice/iflow'
import type { LocalTraceEvent } from '../../local/local-tenant.ts'
import { parseJson, prettyJson } from '../cases/pretty-json.ts'
import { prettyXmlPair } from '../cases/pretty-xml.ts'
import { unifiedDiff } from '../cases/unified-diff.ts'
import { printable } from '../line/table.ts'

/** Lines of one difference, and characters of one value, that are shown. */
const linesMax = 40
const charactersMax = 200
/** Bodies beyond this many characters are not compared line by line. */
const comparedMax = 1_000_000

/**
 * The steps in the order in which they began, each with what it changed: `+` came, `-` went. Bodies are compared in a layout of
 * their own when they are XML or JSON before and after.
 */
export function describeTrace(events: readonly LocalTraceEvent[]): string {
  const ends = new Map(
    events.filter(({ phase }) => phase === 'end').map(event => [`${event.run} ${event.step}`, event]),
  )
  const isSeveral = events.some(({ run }) => run > 1)
  return events
    .filter(({ phase }) => phase === 'start')
    .flatMap((event, index) => {
      const { run, step, flowId, elementId, elementName, callDepth, branch, at } = event
      const end = ends.get(`${run} ${step}`)
      const indent = '  '.repeat(callDepth)
      const name = elementName === '' ? elementId : `${elementName} (${elementId})`
      const duration = end === undefined ? '' : `  ${end.at - at} ms`
      const changes = event.exchange && end?.exchange ? changesOf(event.exchange, end.exchange) : []
      return [
        ...(index === 0 && event.exchange ? ['the message', ...messageLines(event.exchange)] : []),
        `${indent}${isSeveral ? `${flowId} ` : ''}${step}  ${branch === '' ? '' : `[${branch}] `}${name}${duration}`,
        ...(end?.failure ? [`${indent}   failed: ${end.failure.message} [${end.failure.code}]`] : []),
        ...changes.map(line => `${indent}   ${line}`),
      ]
    })
    .map(line => `${shown(line)}\n`)
    .join('')
}

function messageLines(exchange: Exchange): readonly string[] {
  return changesOf(undefined, exchange).map(line => `   ${line}`)
}

function changesOf(before: Exchange | undefined, after: Exchange): readonly string[] {
  return [
    ...valueChanges('header', before?.headers ?? [], after.headers),
    ...valueChanges('property', before?.properties ?? [], after.properties),
    ...valueChanges(
      'attachment',
      Array.from(before?.attachments ?? [], ([name, { body }]) => [name, body.raw]),
      Array.from(after.attachments, ([name, { body }]) => [name, body.raw]),
    ),
    ...bodyChanges(before ? textOf(before) : '', textOf(after)),
  ]
}

type Values = Iterable<readonly [name: string, value: unknown]>

function valueChanges(what: string, before: Values, after: Values): readonly string[] {
  const [old, now] = [new Map(before), new Map(after)]
  const line = (sign: string, name: string, value: unknown) => `${sign}${what} ${name}: ${shortened(asText(value))}`
  return [
    ...[...old].filter(([name, value]) => now.get(name) !== value).map(([name, value]) => line('-', name, value)),
    ...[...now]
      .filter(([name, value]) => !old.has(name) || old.get(name) !== value)
      .map(([name, value]) => line('+', name, value)),
  ]
}

function bodyChanges(before: string, after: string): readonly string[] {
  if (before === after) return []
  if (before === '') return ['+body', ...limited(after.split('\n').map(line => `  ${shortened(line)}`))]
  if (after === '') return ['-body']
  if (before.length + after.length > comparedMax) return [`body: ${before.length} → ${after.length} characters`]
  const lines = unifiedDiff(...layOut(before, after))
  return lines.length === 0 ? ['body: another layout'] : ['body', ...limited(lines.map(line => `  ${shortened(line)}`))]
}

function layOut(before: string, after: string): readonly [readonly string[], readonly string[]] {
  const [old, now] = [parseJson(before), parseJson(after)]
  if (old && now) return [prettyJson(old.value), prettyJson(now.value)]
  return prettyXmlPair(before, after) ?? [before.split('\n'), after.split('\n')]
}

function limited(lines: readonly string[]): readonly string[] {
  return lines.length <= linesMax ? lines : [...lines.slice(0, linesMax), `  … ${lines.length - linesMax} more lines`]
}

function shortened(text: string): string {
  return text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text
}

function textOf({ body }: Exchange): string {
  const { raw } = body
  return typeof raw === 'string' ? raw : Buffer.from(raw ?? []).toString('utf8')
}

/** Blanks at the beginning stay. */
function shown(line: string): string {
  return printable(line.replaceAll('\t', '  '))
}
