import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ExpressionHelp } from '../../api/components.ts'
import { completions } from './completions.ts'

const item = (text: string) => ({ text, doc: `about ${text}` })
const simple: ExpressionHelp = {
  language: 'simple',
  label: 'Simple',
  doc: '',
  variables: ['${header.name}', '${property.name}'].map(item),
  functions: ['${date:now:yyyy}'].map(item),
}
const xpath: ExpressionHelp = {
  ...simple,
  language: 'xpath',
  variables: [item('$header')],
  functions: [item('contains(')],
}

const cases: [string, ExpressionHelp, string[]][] = [
  ['', simple, ['${header.name}', '${property.name}', '${date:now:yyyy}']],
  ['Hello $', simple, ['Hello ${header.name}', 'Hello ${property.name}', 'Hello ${date:now:yyyy}']],
  ['${body} ${HEAD', simple, ['${body} ${header.name}']],
  ['Hello', simple, []],
  ['${header.name}', simple, []],
  ['/a[con', xpath, ['/a[contains(']],
  ['/a[none', xpath, []],
]

for (const [text, help, expected] of cases)
  test(`completes ${JSON.stringify(text)} in ${help.language}`, () => {
    assert.deepEqual(
      completions(text, help).map(completion => completion.text),
      expected,
    )
  })

test('has nothing to offer without a language', () => {
  assert.deepEqual(completions('$', undefined), [])
})
