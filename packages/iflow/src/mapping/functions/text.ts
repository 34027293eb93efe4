import { byValue, type Problem } from '../queue.ts'
import { type MappingFunction, numberOf, type Parameters, textOf } from './function.ts'

/** A function of single values. */
function ofTexts(
  doc: string,
  inputs: number,
  rule: (texts: readonly string[], parameters: Parameters) => string | Problem,
): MappingFunction {
  return {
    doc,
    inputs,
    bind:
      parameters =>
      (...queues) =>
        byValue(queues, texts => rule(texts, parameters)),
  }
}

/** `ofTexts` for two inputs. */
function ofTwo(doc: string, rule: (a: string, b: string) => string | Problem): MappingFunction {
  return ofTexts(doc, 2, ([a = '', b = '']) => rule(a, b))
}

/** `ofTexts` for one input. */
function ofOne(doc: string, rule: (a: string) => string | Problem): MappingFunction {
  return ofTexts(doc, 1, ([a = '']) => rule(a))
}

/** Position of an input that is a number; texts that are none count as 0. */
function position(text: string): number {
  return Math.max(0, Math.trunc(Number(text)) || 0)
}

/** Functions of texts, by their name in mapping files. */
export const textFunctions: Readonly<Record<string, MappingFunction>> = {
  compare: ofTwo('Below 0, 0 or above 0 as the first text comes before, is or comes after the second.', (a, b) =>
    String(compareTexts(a, b)),
  ),
  concat: ofTexts('Both texts with `delimeter` between them.', 2, ([a = '', b = ''], parameters) =>
    a.concat(textOf(parameters, 'delimeter'), b),
  ),
  endWith: ofTwo('Whether the first text ends with the second.', (a, b) => String(a.endsWith(b))),
  indexOf2: ofTwo('Where the second text first stands in the first, from 0; -1: nowhere.', (a, b) =>
    String(a.indexOf(b)),
  ),
  indexOf3: ofTexts('`indexOf2` from the position of the third input on.', 3, ([a = '', b = '', from = '']) =>
    String(a.indexOf(b, position(from))),
  ),
  lastIndexOf2: ofTwo('Where the second text last stands in the first, from 0; -1: nowhere.', (a, b) =>
    String(a.lastIndexOf(b)),
  ),
  lastIndexOf3: ofTexts('`lastIndexOf2` from the position of the third input back.', 3, ([a = '', b = '', from = '']) =>
    String(a.lastIndexOf(b, position(from))),
  ),
  length: ofOne('How many characters the text has.', a => String(a.length)),
  replaceString: ofTexts(
    'The first text with the third in place of the second, wherever it stands.',
    3,
    ([a = '', search = '', replacement = '']) => (search === '' ? a : a.replaceAll(search, () => replacement)),
  ),
  startWith2: ofTwo('Whether the first text starts with the second.', (a, b) => String(a.startsWith(b))),
  startWith3: ofTexts(
    'Whether the second text stands in the first at the position of the third.',
    3,
    ([a = '', b = '', from = '']) => String(a.startsWith(b, position(from))),
  ),
  stringEquals: ofTwo('Whether both texts are the same.', (a, b) => String(a === b)),
  substring: ofTexts(
    '`count` characters from position `start`, from 0; `count` 0 means to the end. What a short text lacks is left out.',
    1,
    ([a = ''], parameters) => {
      const start = numberOf(parameters, 'start', 0)
      const count = numberOf(parameters, 'count', 0)
      return count > 0 ? a.slice(start, start + count) : a.slice(start)
    },
  ),
  toLowerCase: ofOne('The text in small letters.', a => a.toLowerCase()),
  toUpperCase: ofOne('The text in capital letters.', a => a.toUpperCase()),
  trim: ofOne('The text without white space around it.', a => a.trim()),
}

/** As `String.compareTo` of Java says: the distance of the first characters that differ, or of the lengths. */
function compareTexts(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let at = 0; at < shorter; at += 1) {
    const distance = a.charCodeAt(at) - b.charCodeAt(at)
    if (distance !== 0) return distance
  }
  return a.length - b.length
}
