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
    ? (pieces, group) => grouped(between([...pieces].join(''), token), group, token)
    : (pieces, group) => groupedElements(elements([...pieces].join(''), name), group)
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

function* between(text: string, token: string): Generator<string> {
  let start = 0
  for (let end = text.indexOf(token); end >= 0; end = text.indexOf(token, start)) {
    yield text.slice(start, end)
    start = end + token.length
  }
  if (start < text.length) yield text.slice(start)
}

function* elements(text: string, name: string): Generator<string> {
  const escaped = name.replaceAll('.', '\\.')
  const starts = new RegExp(`<${escaped}(?:\\s[^>]*)?>`, 'g')
  const ends = new RegExp(`</${escaped}\\s*>`, 'g')
  for (let start = starts.exec(text); start !== null; start = starts.exec(text)) {
    ends.lastIndex = starts.lastIndex
    if (!start[0].endsWith('/>')) {
      if (ends.exec(text) === null) return
      starts.lastIndex = ends.lastIndex
    }
    yield text.slice(start.index, starts.lastIndex)
  }
}

function* groupedElements(found: Iterable<string>, group: number): Generator<string | undefined> {
  for (const part of grouped(found, group, '')) yield group === 1 ? part : `<group>${part}</group>`
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
