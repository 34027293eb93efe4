import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageOfFile } from './languages.ts'

const cases: [name: string, language: string][] = [
  ['a.groovy', 'groovy'],
  ['Old.GSH', 'groovy'],
  ['a.b.js', 'javascript'],
  ['types/Order.xsd', 'xml'],
  ['a.wsdl', 'xml'],
  ['mapping.mmap', 'xml'],
  ['META-INF/MANIFEST.MF', 'properties'],
  ['parameters.prop', 'properties'],
  ['data.json', 'json'],
  ['notes.txt', 'text'],
  ['no ending', 'text'],
  ['constructor', 'text'],
]

for (const [name, language] of cases)
  test(`${name} is coloured as ${language}`, () => assert.equal(languageOfFile(name), language))
