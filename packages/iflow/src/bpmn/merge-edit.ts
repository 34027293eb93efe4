import { differences } from './compare-elements.ts'
import { applySplices } from './edit.ts'
import { identityOf } from './pair-elements.ts'
import { Changes, sameText, Unmergeable, type XmlText } from './splice-changes.ts'
import { attributeOf, parseXml, type XmlElement } from './xml-tree.ts'

/** What an editor made of a flow that it reads and writes in a form of its own. */
export interface EditorTexts {
  /** The file as it was opened. */
  readonly original: string
  /** What the editor writes right after opening it, and what it writes now. */
  readonly before: string
  readonly after: string
}

/** The text to save, or in a sentence why the edit cannot be made in the file as it is. */
export type MergedEdit =
  | { readonly text: string; readonly problem?: undefined }
  | { readonly text?: undefined; readonly problem: string }

/**
 * Makes the edit in the original text: the differences from `before` to `after` and nothing else, in place, so that what
 * the editor itself writes in another way (line ends, numbers, order, prefixes, what it does not know) never reaches the
 * file. Elements are the same by id, by what they draw, by key of a property, else by position. `isExpanded` of shapes is
 * the editor's own and stays out. The result means what `after` means, but where `before` differs from the original.
 */
export function mergeEdit({ original, before, after }: EditorTexts): MergedEdit {
  if (before === after) return { text: original }
  try {
    const [file, opened, edited] = [read(original, 'file'), readEditor(before), readEditor(after)]
    if (identityOf(file.root) !== identityOf(edited.root))
      throw new Unmergeable(`Expected <${file.root.name}> at the top, found <${edited.root.name}>.`)
    const changes = new Changes(file, opened, edited)
    const merged = read(applySplices(original, changes.splices(edited.root)), 'result')
    checkIds(file.root, merged.root)
    checkMeaning(changes, { file, opened, edited, merged })
    return { text: merged.text }
  } catch (error) {
    if (error instanceof Unmergeable) return { problem: error.message }
    throw error
  }
}

function read(text: string, name: string): XmlText {
  const { root, diagnostics } = parseXml(text, name)
  const at = diagnostics[0]?.at.line ?? 1
  if (!root) throw new Unmergeable(`The ${name} cannot be read, line ${at}: ${diagnostics[0]?.message ?? 'no element'}`)
  return { text, root }
}

/** The editor breaks its lines with LF, so that a CR can only be one of a value; XML would read it as a line end. */
function readEditor(text: string): XmlText {
  const kept = text.replace(/<!\[CDATA\[[\s\S]*?\]\]>|\r/g, found =>
    found === '\r' ? '&#13;' : found.replaceAll('\r', ']]>&#13;<![CDATA['),
  )
  return read(kept, "editor's text")
}

function checkIds(file: XmlElement, merged: XmlElement): void {
  const known = idsUsedTwice(file)
  const fresh = [...idsUsedTwice(merged)].find(id => !known.has(id))
  if (fresh !== undefined) throw new Unmergeable(`Expected every id once, found "${fresh}" twice.`)
}

function idsUsedTwice(root: XmlElement): ReadonlySet<string> {
  const found = new Set<string>()
  const twice = new Set<string>()
  const visit = (element: XmlElement) => {
    const id = attributeOf(element, 'id')
    if (id !== undefined) (found.has(id) ? twice : found).add(id)
    for (const child of element.children) visit(child)
  }
  visit(root)
  return twice
}

/** Nothing may differ from the editor's text after the edit that did not differ before it. */
function checkMeaning(
  changes: Changes,
  { file, opened, edited, merged }: Readonly<Record<'file' | 'opened' | 'edited' | 'merged', XmlText>>,
): void {
  const [isUntouched, isKept] = [sameText(opened, edited), sameText(file, merged)]
  const left = new Set<XmlElement>()
  const found = differences(merged.root, edited.root, (result, after) => {
    const { before, original } = changes.versionsOf(after)
    if (!before || !original || !isUntouched(before, after) || !isKept(original, result)) return false
    left.add(before)
    return true
  })
  if (found.length === 0) return
  const known = new Set(differences(file.root, opened.root, (_, before) => left.has(before)))
  const fresh = found.find(difference => !known.has(difference))
  if (fresh !== undefined)
    throw new Unmergeable(`The edit cannot be made in the file in place: ${fresh} would be lost.`)
}
