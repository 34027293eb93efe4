import type { ExpressionHelp } from '../../api/components.ts'

/** What can be written at a place of an expression. */
export interface Completion {
  /** The whole text with it. */
  readonly text: string
  /** What it adds or finishes. */
  readonly snippet: string
  readonly doc: string
}

/** At most so many are offered at once. */
const completionsMax = 20

/** What the word at the end of a text may become; of no text all there is. */
export function completions(text: string, help: ExpressionHelp | undefined): readonly Completion[] {
  if (!help) return []
  const word = wordAt(text, help.language)
  // Whoever writes something else is left alone.
  if (word === '' && text !== '') return []
  const begun = text.slice(0, text.length - word.length)
  return [...help.variables, ...help.functions]
    .filter(({ text: snippet }) => snippet.toLowerCase().startsWith(word.toLowerCase()) && snippet !== word)
    .slice(0, completionsMax)
    .map(({ text: snippet, doc }) => ({ text: begun + snippet, snippet, doc }))
}

/** Simple expressions stand among other text: only what begins with `$` is one. */
function wordAt(text: string, language: ExpressionHelp['language']): string {
  const pattern = language === 'simple' ? /\$(?:\{[^{}\s]*)?$/ : /[$\w:-]+$/
  return pattern.exec(text)?.[0] ?? ''
}
