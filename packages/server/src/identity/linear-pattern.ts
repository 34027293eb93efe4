/** A pattern that describes whole texts. */
export interface Pattern {
  /** Takes time in proportion to the length of the text. */
  matches(text: string): boolean
}

/** Limits of a pattern: in characters, and in states of the automaton, counted repetitions written out. */
export const patternLimits = Object.freeze({ length: 255, states: 1000 })

/** A character that fits goes on to the next state. */
interface CharacterState {
  readonly fits: RegExp
}

interface ForkState {
  readonly to: readonly number[]
}

interface EdgeState {
  readonly edge: 'start' | 'end'
}

type State = CharacterState | ForkState | EdgeState

/** Appends the states of a part of the pattern. */
type Part = (states: State[]) => void

/**
 * Compiles the part of regular expressions that an automaton can follow in linear time, so that no text makes it slow:
 * characters, `.`, classes, escapes, groups, `|`, `* + ? {n,m}`, `^`, `$`, and `(?i)` at the front. What looks around or
 * back is refused. Throws `SyntaxError` that says what is wrong.
 */
export function compilePattern(source: string): Pattern {
  if (source.length > patternLimits.length) {
    throw new SyntaxError(`Expected a pattern of at most ${patternLimits.length} characters, found ${source.length}`)
  }
  const parser = new PatternParser(source)
  const states: State[] = []
  parser.parse()(states)
  return { matches: text => follow(states, text) }
}

/** All states that the text can lead to, one character after the other (Thompson's simulation). */
function follow(states: readonly State[], text: string): boolean {
  let current = closure(states, [0], { isStart: true, isEnd: text === '' })
  let rest = text.length
  for (const character of text) {
    rest -= character.length
    const next: number[] = []
    for (const index of current) {
      const state = states[index]
      if (state !== undefined && 'fits' in state && state.fits.test(character)) next.push(index + 1)
    }
    if (next.length === 0) return false
    current = closure(states, next, { isStart: false, isEnd: rest === 0 })
  }
  return current.has(states.length)
}

function closure(
  states: readonly State[],
  from: readonly number[],
  { isStart, isEnd }: { readonly isStart: boolean; readonly isEnd: boolean },
): Set<number> {
  const reached = new Set<number>()
  const waiting = [...from]
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (reached.has(index)) continue
    reached.add(index)
    const state = states[index]
    if (state === undefined || 'fits' in state) continue
    if ('to' in state) waiting.push(...state.to)
    else if (state.edge === 'start' ? isStart : isEnd) waiting.push(index + 1)
  }
  return reached
}

const repetition = /^(?:[*+?]|\{(\d{1,3})(?:(,)(\d{1,3})?)?\})/
const escaped = /^\\(?:[dDwWsStnrfv]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\\^$.*+?()[\]{}|/-]|[^A-Za-z0-9])/
/** V8 refuses it with the flag `u`; others take it. */
const needlessEscape = /^\\([^A-Za-z0-9^$\\.*+?()[\]{}|/])$/

/** Reads a pattern from left to right. Nested no deeper than its text is long, which is limited. */
class PatternParser {
  readonly #source: string
  readonly #flags: string
  #at = 0

  constructor(source: string) {
    this.#flags = source.startsWith('(?i)') ? 'i' : ''
    this.#source = this.#flags === 'i' ? source.slice(4) : source
  }

  parse(): Part {
    const whole = this.#alternatives()
    if (this.#at < this.#source.length) throw this.#unexpected('a "(" before it')
    return whole
  }

  #alternatives(): Part {
    const branches = [this.#sequence()]
    while (this.#take('|')) branches.push(this.#sequence())
    return branches.reduceRight((rest, branch) => either(branch, rest))
  }

  #sequence(): Part {
    const parts: Part[] = []
    while (this.#at < this.#source.length && !/^[|)]/.test(this.#rest)) parts.push(this.#repeated())
    return states => {
      for (const part of parts) part(states)
    }
  }

  #repeated(): Part {
    const part = this.#atom()
    const found = repetition.exec(this.#rest)
    if (!found) return part
    this.#at += found[0].length
    this.#take('?')
    if (/^[*+?{]/.test(this.#rest)) throw this.#unexpected('one repetition')
    if (found[0] === '*') return repeat(part, 0, undefined)
    if (found[0] === '+') return repeat(part, 1, undefined)
    if (found[0] === '?') return repeat(part, 0, 1)
    const min = Number(found[1])
    const max = found[2] === undefined ? min : found[3] === undefined ? undefined : Number(found[3])
    if (max !== undefined && max < min) throw new SyntaxError(`Expected a repetition with its smaller number first`)
    return repeat(part, min, max)
  }

  #atom(): Part {
    const rest = this.#rest
    if (rest.startsWith('(')) return this.#group()
    if (this.#take('^')) return states => push(states, { edge: 'start' })
    if (this.#take('$')) return states => push(states, { edge: 'end' })
    if (/^[*+?{]/.test(rest)) throw this.#unexpected('something to repeat')
    if (rest.startsWith('[')) return this.#character(classLength(rest))
    if (rest.startsWith('\\')) {
      const found = escaped.exec(rest)
      if (!found) throw this.#unexpected('an escape of one character')
      return this.#character(found[0].length)
    }
    return this.#character(String.fromCodePoint(rest.codePointAt(0) ?? 0).length)
  }

  #group(): Part {
    this.#at += 1
    if (this.#rest.startsWith('?') && !this.#rest.startsWith('?:')) throw this.#unexpected('a group without "?"')
    if (this.#rest.startsWith('?:')) this.#at += 2
    const inner = this.#alternatives()
    if (!this.#take(')')) throw new SyntaxError('Expected a ")" for each "(", found none')
    return inner
  }

  /** V8 is asked about one character at a time, with which no expression is slow. */
  #character(length: number): Part {
    const text = this.#source.slice(this.#at, this.#at + length)
    this.#at += length
    const literal = /^[\]}]$/.test(text) ? `\\${text}` : text.replace(needlessEscape, '$1')
    const fits = new RegExp(`^${literal}$`, `u${this.#flags}`)
    return states => push(states, { fits })
  }

  get #rest(): string {
    return this.#source.slice(this.#at)
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #unexpected(expected: string): SyntaxError {
    return new SyntaxError(`Expected ${expected}, found "${this.#rest.slice(0, 8)}"`)
  }
}

function classLength(rest: string): number {
  const found = /^\[\^?(?:\\.|[^\\\][&]|&(?!&))+\]/.exec(rest)
  if (found) return found[0].length
  throw new SyntaxError('Expected a class such as "[a-z]", neither empty nor nested, found another')
}

function push(states: State[], state: State): void {
  if (states.length >= patternLimits.states) {
    throw new SyntaxError(`Expected a pattern of at most ${patternLimits.states} states, found more`)
  }
  states.push(state)
}

function either(one: Part, other: Part): Part {
  return states => {
    const fork = reserve(states)
    one(states)
    const jump = reserve(states)
    states[fork] = { to: [fork + 1, states.length] }
    other(states)
    states[jump] = { to: [states.length] }
  }
}

function repeat(part: Part, min: number, max: number | undefined): Part {
  return states => {
    for (let count = 0; count < min; count += 1) part(states)
    if (max === undefined) {
      const fork = reserve(states)
      part(states)
      push(states, { to: [fork] })
      states[fork] = { to: [fork + 1, states.length] }
      return
    }
    const forks: number[] = []
    for (let count = min; count < max; count += 1) {
      forks.push(reserve(states))
      part(states)
    }
    for (const fork of forks) states[fork] = { to: [fork + 1, states.length] }
  }
}

/** A place for a state that is known later. */
function reserve(states: State[]): number {
  push(states, { to: [] })
  return states.length - 1
}
