import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeZip } from '@sluice/iflow/zip'
import { compareFiles, filesIn } from './compare-files.ts'

function filesOf(texts: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]))
}

test('tells added, removed and changed files by their paths, the flow first', () => {
  const before = filesOf({ 'b.js': '1', 'same.js': 'x', 'gone.js': '', 'flow.iflw': '1' })
  const after = filesOf({ 'same.js': 'x', 'flow.iflw': '2', 'b.js': '2', 'a.js': '' })
  assert.deepEqual(
    compareFiles(before, after).map(({ path, change }) => [path, change]),
    [
      ['flow.iflw', 'changed'],
      ['a.js', 'added'],
      ['b.js', 'changed'],
      ['gone.js', 'removed'],
    ],
  )
  assert.deepEqual(compareFiles(before, before), [])
})

test('compares bytes, whatever packed them', async () => {
  const files = [{ name: 'a.groovy', bytes: new TextEncoder().encode('text') }]
  const zips = await Promise.all([makeZip(files, 0), makeZip(files, 1_000_000_000_000)])
  const [before, after] = await Promise.all(zips.map(filesIn))
  assert.ok(before && after)
  assert.deepEqual(compareFiles(before, after), [])
})
