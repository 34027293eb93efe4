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

/** Pieces of a part whose end has not come. They are put together once, not with every piece. */
class Held {
  #pieces: string[] = []
  #length = 0

  add(piece: string): void {
    this.#pieces.push(piece)
    this.#length += piece.length
    refuseLength(this.#length)
  }

  /** All of it, which is not held any more. */
  take(): string {
    const text = this.#pieces.join('')
    this.#pieces = []
    this.#length = 0
    return text
  }
}

function* between(pieces: Iterable<string>, token: string): Generator<string | undefined> {
  const held = new Held()
  /** The end of what is held: the token may have begun there. */
  let tail = ''
  for (const piece of pieces) {
    const seen = tail + piece
    held.add(piece)
    let rest = seen
    if (seen.includes(token)) {
      const text = held.take()
      let start = 0
      for (let end = text.indexOf(token, text.length - seen.length); end >= 0; end = text.indexOf(token, start)) {
        yield text.slice(start, end)
        start = end + token.length
      }
      rest = text.slice(start)
      held.add(rest)
    }
    tail = rest.slice(Math.max(0, rest.length - token.length + 1))
    yield undefined
  }
  const text = held.take()
  if (text !== '') yield text
}

function* elements(pieces: Iterable<string>, name: string): Generator<string | undefined> {
  const escaped = name.replaceAll('.', '\\.')
  const starts = new RegExp(`<${escaped}(?:\\s[^>]*)?>`, 'g')
  const ends = new RegExp(`</${escaped}\\s*>`, 'g')
  /** From the start of an element whose end has not come; `tail` is the end of that, where its end tag may have begun. */
  const held = new Held()
  let tail: string | undefined
  let text = ''
  for (const piece of pieces) {
    let done = 0
    if (tail === undefined) text += piece
    else {
      const seen = tail + piece
      held.add(piece)
      ends.lastIndex = 0
      if (!ends.test(seen)) {
        tail = openTag(seen)
        yield undefined
        continue
      }
      text = held.take()
      done = text.length - seen.length + ends.lastIndex
      yield text.slice(0, done)
      tail = undefined
    }
    while (tail === undefined) {
      starts.lastIndex = done
      const start = starts.exec(text)
      if (start === null) break
      ends.lastIndex = starts.lastIndex
      const isEmpty = start[0].endsWith('/>')
      if (!isEmpty && !ends.test(text)) {
        held.add(text.slice(start.index))
        tail = openTag(text.slice(starts.lastIndex))
      } else {
        done = isEmpty ? starts.lastIndex : ends.lastIndex
        yield text.slice(start.index, done)
      }
    }
    if (tail === undefined) {
      const tagAt = text.lastIndexOf('<')
      text = text.slice(tagAt < 0 ? text.length : Math.max(done, tagAt))
      refuseLength(text.length)
    }
    yield undefined
  }
}

/** A tag at the end of the text that has not come whole. */
function openTag(text: string): string {
  const tagAt = text.lastIndexOf('<')
  return tagAt < 0 || text.includes('>', tagAt) ? '' : text.slice(tagAt)
}

function refuseLength(length: number): void {
  if (length <= xmlLimits.charactersMax) return
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
