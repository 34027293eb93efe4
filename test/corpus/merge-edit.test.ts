import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { mergeEdit, parseIflow } from '@sluice/iflow/bpmn'
import { elementsOf, moddle, partOf, propertiesOf, write } from './editor.ts'
import { type Flow, readFlows } from './measure.ts'
import { type Choice, edits } from './random-edits.ts'

const recipes = join(process.env.SLUICE_CORPUS ?? '', 'Recipes/for')
const skip = existsSync(recipes) ? false : 'no SLUICE_CORPUS: see "Real flows" in CONTRIBUTING.md'
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)

/** Mulberry32. */
function choiceOf(seed: number): Choice {
  let state = seed
  return {
    of(count) {
      state = (state + 0x6d2b79f5) | 0
      const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return Math.floor((((more ^ (more >>> 14)) >>> 0) / 2 ** 32) * count)
    },
  }
}

/** What the editor writes, without the declarations, whose order is the file's. */
function withoutDeclarations(text: string): string {
  return text.replace(/ xmlns:\w+="[^"]*"/g, '')
}

/** Some edits at random; what is saved has to be to the editor what it wrote. */
async function editAtRandom({ text, source }: Pick<Flow, 'text' | 'source'>, seed: number): Promise<void> {
  const choice = choiceOf(seed)
  const names = Object.keys(edits)
  const { rootElement } = await moddle.fromXML(text)
  const before = await write(rootElement)
  const done = Array.from({ length: 1 + choice.of(5) }, () => names[choice.of(names.length)] ?? '').filter(name =>
    edits[name]?.(rootElement, choice),
  )
  const after = await write(rootElement)
  const what = `${done.join(', ')} (SEED=${seed}) in ${source}`
  const merged = mergeEdit({ original: text, before, after })
  assert.equal(merged.problem, undefined, what)
  const again = await write((await moddle.fromXML(merged.text ?? '')).rootElement)
  assert.equal(withoutDeclarations(again), withoutDeclarations(after), what)
}

test('what an editor changes is saved, whatever it is', async t => {
  t.diagnostic(`SEED=${seed}`)
  const files = globSync('packages/iflow/test/flows/*/flow.iflw').sort()
  const sound = files.map(source => ({ source, text: readFileSync(source, 'utf8') }))
  for (const [index, flow] of sound.filter(({ text }) => text.includes('</bpmn2:definitions>')).entries())
    await editAtRandom(flow, seed + index)
})

test('real flows stay what they are but for what was edited', { skip }, async t => {
  t.diagnostic(`SEED=${seed}`)
  const { flows } = await readFlows(recipes)
  assert.ok(flows.length >= 344)
  for (const [index, flow] of flows.entries()) {
    const { rootElement } = await moddle.fromXML(flow.text)
    const before = await write(rootElement)
    assert.deepEqual(mergeEdit({ original: flow.text, before, after: before }), { text: flow.text })
    const choice = choiceOf(seed + index)
    const elements = elementsOf(rootElement).filter(element => propertiesOf(element).length > 0)
    const element = elements[choice.of(elements.length)]
    const properties = element === undefined ? [] : propertiesOf(element)
    const property = properties[choice.of(properties.length)]
    const value = property && partOf(property, 'value')
    const key = property && partOf(property, 'key')?.$body?.trim()
    // `withProperty` sets the last one of repeated keys.
    if (
      element &&
      key &&
      value &&
      properties.filter(other => partOf(other, 'key')?.$body?.trim() === key).length === 1
    ) {
      value.$body = `${value.$body ?? ''}<x>&"'\n]]>`
      const merged = mergeEdit({ original: flow.text, before, after: await write(rootElement) })
      const { document } = parseIflow(flow.text, flow.file)
      const expected = document?.withProperty(element.id ?? '', key, value.$body).text
      assert.ok(merged.text === expected, `${flow.source}: ${element.id}.${key} (SEED=${seed}) ${merged.problem ?? ''}`)
    }
    await editAtRandom(flow, seed + index)
  }
})
