import { ODataError } from '../error.ts'

/** A URL below the service root, percent-decoded and taken apart, before anything is known about the model. */
export interface SplitUrl {
  /** Path segments, without empty ones (a trailing `/` means nothing). */
  readonly segments: readonly string[]
  /** All options in the order written, names and values decoded and trimmed. */
  readonly options: ReadonlyArray<readonly [name: string, value: string]>
}

const segmentsMax = 10
const optionsMax = 100

/**
 * Splits what follows the service root. Slashes inside quotes (`'` or `%27`) belong to a key. In the query `+` is a blank,
 * names may be written `%24select`, and blanks around names and values are dropped, as real clients send them.
 */
export function splitUrl(url: string): SplitUrl {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const query = mark < 0 ? '' : url.slice(mark + 1)
  const segments = splitPath(path).map(decode)
  if (segments.length > segmentsMax) {
    throw new ODataError('malformed-url', `Expected at most ${segmentsMax} path segments, found ${segments.length}`)
  }
  const options = query.split('&').filter(part => part.trim() !== '' && part !== '+')
  if (options.length > optionsMax) {
    throw new ODataError('malformed-url', `Expected at most ${optionsMax} query options, found ${options.length}`)
  }
  return { segments, options: options.map(splitOption) }
}

function splitPath(path: string): string[] {
  const segments: string[] = []
  let isQuoted = false
  let start = 0
  for (const { 0: mark, index } of path.matchAll(/'|%27|\//g)) {
    if (mark !== '/') {
      isQuoted = !isQuoted
    } else if (!isQuoted) {
      segments.push(path.slice(start, index))
      start = index + 1
    }
  }
  segments.push(path.slice(start))
  return segments.filter(segment => segment.trim() !== '')
}

function splitOption(option: string): readonly [string, string] {
  const equals = option.indexOf('=')
  const name = equals < 0 ? option : option.slice(0, equals)
  const value = equals < 0 ? '' : option.slice(equals + 1)
  return [decode(name.replaceAll('+', ' ')).trim(), decode(value.replaceAll('+', ' ')).trim()]
}

/** No text in a database has U+0000. */
function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text)
    if (!decoded.includes('\0')) return decoded
  } catch (cause) {
    throw new ODataError('malformed-url', `Expected UTF-8 in percent-encoding, found "${text.slice(0, 100)}"`, {
      cause,
    })
  }
  throw new ODataError('malformed-url', 'Expected no character U+0000 in the URL, found one')
}
