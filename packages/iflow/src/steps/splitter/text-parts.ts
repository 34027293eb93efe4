import { Failure } from '../../run/failure.ts'
import { xmlLimits } from '../../run/xml.ts'

/**
 * A rule by which text that comes in pieces is taken apart; `group` is how many lines or elements one part has. Undefined
 * stands for a piece that was read.
 */
export type TextSplit = (pieces: Iterable<string>, group: number) => Generator<string | undefined>

/** The whole text is one part. */
export const notAtAll: TextSplit = function* (pieces) {
  yield [...pieces].join('')
}

/** By lines. What ends the last line does not begin another. */
export const byLine: TextSplit = (pieces, group) => grouped(linesOf(pieces), group, '\n')

/** By lines; every part begins with the first line. */
export const byLineWithHeader: TextSplit = function* (pieces, group) {
  const lines = linesOf(pieces)
  let header: string | undefined
  while (header === undefined) {
    const first = lines.next()
    if (first.done === true) return
    header = first.value
  }
  for (const part of grouped(lines, group, '\n')) yield part === undefined ? undefined : `${header}\n${part}`
}

/**
 * By a token: the name of an XML element, also written as `<name>`, gives every such element that is in none of the same
 * name, as it is written; any other token stands between two pieces.
 */
export function byToken(token: string): TextSplit {
  const name = /^<?([\p{L}_][\p{L}\p{N}_.:-]*)>?$/u.exec(token.trim())?.[1]
  return name === undefined
    ? (pieces, group) => grouped(between(pieces, token), group, token)
    : (pieces, group) => groupedElements(elements(pieces, name), group)
}

function* linesOf(pieces: Iterable<string>): Generator<string | undefined> {
  const ends = /\r\n|\n|\r(?=[\s\S])/g
  let text = ''
  for (const piece of pieces) {
    // A carriage return may be waiting for its line feed.
    ends.lastIndex = Math.max(0, text.length - 1)
    text += piece
    let start = 0
    for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
      yield text.slice(start, end.index)
      start = ends.lastIndex
    }
    text = text.slice(start)
    yield undefined
  }
  if (text !== '') yield text.replace(/\r$/, '')
}

function* between(pieces: Iterable<string>, token: string): Generator<string | undefined> {
  let text = ''
  for (const piece of pieces) {
    // The token may have begun in the piece before.
    let from = Math.max(0, text.length - token.length + 1)
    text += piece
    let start = 0
    for (let end = text.indexOf(token, from); end >= 0; end = text.indexOf(token, from)) {
      yield text.slice(start, end)
      start = end + token.length
      from = start
    }
    text = text.slice(start)
    refuseLength(text)
    yield undefined
  }
  if (text !== '') yield text
}

function* elements(pieces: Iterable<string>, name: string): Generator<string | undefined> {
  const escaped = name.replaceAll('.', '\\.')
  const starts = new RegExp(`<${escaped}(?:\\s[^>]*)?>`, 'g')
  const ends = new RegExp(`</${escaped}\\s*>`, 'g')
  let text = ''
  /** Where to look for the end of the element that `text` begins with; 0 when it begins with none. */
  let content = 0
  for (const piece of pieces) {
    text += piece
    let done = 0
    for (;;) {
      if (content === 0) {
        starts.lastIndex = done
        const start = starts.exec(text)
        if (start === null) break
        done = start.index
        content = starts.lastIndex
        ends.lastIndex = content
        if (start[0].endsWith('/>')) {
          yield start[0]
          done = content
          content = 0
          continue
        }
      } else ends.lastIndex = content
      if (ends.exec(text) === null) break
      yield text.slice(done, ends.lastIndex)
      done = ends.lastIndex
      content = 0
    }
    const tagAt = text.lastIndexOf('<')
    const keepFrom = content === 0 ? Math.max(done, tagAt < 0 ? text.length : tagAt) : done
    text = text.slice(keepFrom)
    // What was searched is not searched again, but for an end tag that may have begun.
    if (content > 0) content = Math.max(content - keepFrom, text.lastIndexOf('<'))
    refuseLength(text)
    yield undefined
  }
}

function refuseLength(text: string): void {
  if (text.length <= xmlLimits.charactersMax) return
  throw new Failure(`Expected parts of at most ${xmlLimits.charactersMax} characters, found a larger one.`, {
    code: 'size-limit',
  })
}

function* groupedElements(found: Iterable<string | undefined>, group: number): Generator<string | undefined> {
  for (const part of grouped(found, group, ''))
    yield group === 1 || part === undefined ? part : `<group>${part}</group>`
}

function* grouped(
  found: Iterable<string | undefined>,
  group: number,
  separator: string,
): Generator<string | undefined> {
  let part: string[] = []
  for (const piece of found) {
    if (piece === undefined) yield undefined
    else part.push(piece)
    if (part.length < group) continue
    yield part.join(separator)
    part = []
  }
  if (part.length > 0) yield part.join(separator)
}
