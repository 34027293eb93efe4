import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resourceTypeNames, resourceTypes, templateOf, typeOfFile, withEnding } from './resource-types.ts'

test('every type is the one of files with its endings', () => {
  for (const type of resourceTypeNames)
    for (const ending of resourceTypes[type].endings) assert.equal(typeOfFile(`a.b.${ending.toUpperCase()}`), type)
  for (const name of ['a.txt', 'groovy', 'a.constructor', '']) assert.equal(typeOfFile(name), undefined, name)
})

const names: [name: string, expected: string][] = [
  ['a', 'a.groovy'],
  ['a.groovy', 'a.groovy'],
  ['A.GSH', 'A.GSH'],
  ['a.js', 'a.js.groovy'],
  ['', ''],
]

for (const [name, expected] of names)
  test(`a Groovy script "${name}" becomes "${expected}"`, () => assert.equal(withEnding(name, 'groovy'), expected))

test('what is no text has no template', () => {
  for (const type of ['jar', 'mmap', 'opmap'] as const) assert.equal(templateOf(type), undefined)
  assert.match(templateOf('groovy') ?? '', /processData/)
})
