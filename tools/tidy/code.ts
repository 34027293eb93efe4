const comment = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`
const quoted = String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"`
const template = '`(?:\\\\[\\s\\S]|[^`\\\\])*`'
const regex = String.raw`(?<=(?:^|[(,=:[!&|?{};+>]|\breturn|\bcase)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/`
const opaque = new RegExp([comment, quoted, template, regex].join('|'), 'g')

/**
 * The program without its prose: comments, the insides of strings and regular expressions become blanks, so that a
 * pattern found in the result is code. Every other character keeps its offset. `${…}` in templates stays.
 */
export function codeOf(text: string): string {
  return text.replace(opaque, found => {
    if (found.startsWith('/')) return blank(found)
    const inside = found.slice(1, -1)
    const kept = found.startsWith('`') ? inside.replace(/\$\{[^}]*\}|[^\n]/g, keepSubstitution) : blank(inside)
    return `${found[0]}${kept}${found.at(-1)}`
  })
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

function keepSubstitution(part: string): string {
  return part.startsWith('${') ? part : ' '
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** `path:line: problem` for every place where `pattern` (global) matches in `code`. */
export function matches(path: string, code: string, pattern: RegExp, problem: string): string[] {
  return [...code.matchAll(pattern)].map(match => `${path}:${lineAt(code, match.index)}: ${problem}`)
}
