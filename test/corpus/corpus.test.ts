import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fallen, readFigures, risen, writeFigures } from './figures.ts'
import { measure } from './measure.ts'

/** Relative to the root of the repository, where `npm test` runs. */
const folder = process.env.SLUICE_CORPUS ?? ''
const recipes = join(folder, 'Recipes/for')
const file = new URL('figures.txt', import.meta.url)
const skip =
  folder !== '' && existsSync(recipes)
    ? false
    : 'no SLUICE_CORPUS, a folder with the published flows: see "Real flows" in CONTRIBUTING.md'

test('no fewer real flows are read, kept and supported than before', { skip }, async t => {
  const text = await readFile(file, 'utf8')
  const before = readFigures(text)
  const { figures, losses } = await measure(recipes)
  assert.deepEqual(losses, [])
  assert.deepEqual(fallen(before, figures), [])
  const news = risen(before, figures)
  if (news.length === 0) return
  if (process.env.UPDATE === '1') await writeFile(file, writeFigures(figures, text))
  else t.diagnostic(`${news.join(' ')} Keep that: UPDATE=1 npm test -- test/corpus`)
})
