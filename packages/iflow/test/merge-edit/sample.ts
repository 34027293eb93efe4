import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mergeEdit } from '@sluice/iflow/bpmn'

/** A file with all that an editor writes in another way: comments, CR, CDATA, quotes, order, numbers, prefixes. */
export const FILE = readFileSync(new URL('./file.iflw', import.meta.url), 'utf8')

/** What an editor makes of it: its own prefixes and layout, CR as it is, no comments, nor the loop whose id is taken. */
export const OPENED = readFileSync(new URL('./opened.xml', import.meta.url), 'utf8')

/** A place of a text that is written differently. */
export type Change = readonly [was: string, is: string]

/** A text with some places written differently, each of which must be there once. */
export function changed(text: string, changes: readonly Change[]): string {
  return changes.reduce((result, [was, is]) => {
    assert.equal(result.split(was).length, 2, `${was} must be there once`)
    return result.replace(was, () => is)
  }, text)
}

/** Makes changes of what the editor writes in the file. */
export function merge(changes: readonly Change[], original = FILE, before = OPENED): string {
  const { text, problem } = mergeEdit({ original, before, after: changed(before, changes) })
  assert.equal(problem, undefined)
  return text ?? ''
}
