/** A rule by which text is taken apart; `group` is how many pieces one part has. */
export type TextSplit = (text: string, group: number) => Generator<string>

/** Every line is a piece. What ends the last line does not begin another. */
export const byLine: TextSplit = function* (text, group) {
  yield* grouped(linesOf(text), group, '\n')
}

/** Every line but the first is a piece; every part begins with the first line. */
export const byLineWithHeader: TextSplit = function* (text, group) {
  const lines = linesOf(text)
  const header = lines.next()
  if (header.done === true) return
  for (const part of grouped(lines, group, '\n')) yield `${header.value}\n${part}`
}

/**
 * By a token: the name of an XML element, also written as `<name>`, gives every such element that is in none of the same
 * name, as it is written; any other token stands between two pieces.
 */
export function byToken(token: string): TextSplit {
  const name = /^<?([\p{L}_][\p{L}\p{N}_.:-]*)>?$/u.exec(token.trim())?.[1]
  return name === undefined
    ? (text, group) => grouped(between(text, token), group, token)
    : (text, group) => groupedElements(elements(text, name), group)
}

function* linesOf(text: string): Generator<string> {
  const ends = /\r\n|\n|\r/g
  let start = 0
  for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
    yield text.slice(start, end.index)
    start = ends.lastIndex
  }
  if (start < text.length) yield text.slice(start)
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

function* groupedElements(pieces: Iterable<string>, group: number): Generator<string> {
  for (const part of grouped(pieces, group, '')) yield group === 1 ? part : `<group>${part}</group>`
}

function* grouped(pieces: Iterable<string>, group: number, separator: string): Generator<string> {
  let part: string[] = []
  for (const piece of pieces) {
    part.push(piece)
    if (part.length < group) continue
    yield part.join(separator)
    part = []
  }
  if (part.length > 0) yield part.join(separator)
}
