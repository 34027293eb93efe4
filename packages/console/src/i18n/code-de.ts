import type { codeEn } from './code-en.ts'
import type { Translation } from './translation.ts'

/** Texts of the editor of code in German. */
export const codeDe: Translation<typeof codeEn> = {
  leave: 'Tab rückt ein. Mit Esc und dann Tab verlassen Sie den Editor. Strg+F sucht.',
  find: 'Suchen',
  replaceBy: 'Ersetzen durch',
  next: 'Nächster',
  previous: 'Vorheriger',
  all: 'Alle',
  matchCase: 'Groß- und Kleinschreibung',
  regexp: 'Regulärer Ausdruck',
  byWord: 'Ganze Wörter',
  replace: 'Ersetzen',
  replaceAll: 'Alle ersetzen',
  goToLine: 'Gehe zu Zeile',
  go: 'Los',
  currentMatch: 'Aktueller Treffer',
  onLine: 'in Zeile',
  replacedOne: 'Treffer in Zeile $ ersetzt',
  replacedAll: '$ Treffer ersetzt',
  completions: 'Vorschläge',
  controlCharacter: 'Steuerzeichen',
  fold: 'Zeile einklappen',
  unfold: 'Zeile ausklappen',
  folded: 'Eingeklappter Code',
  deleted: 'Auswahl gelöscht',
  unchangedLines: '$ unveränderte Zeilen',
}
