import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convert } from '../run/value.ts'
import { message, testScope } from '../testing/index.ts'
import { expressions } from './index.ts'

const scope = testScope()

for (const language of expressions) {
  test(`${language.label}: what can be written compiles as it stands`, async () => {
    const hints = [...language.functions, ...language.variables]
    assert.notEqual(hints.length, 0)
    assert.equal(new Set(hints.map(({ text }) => text)).size, hints.length)
    for (const { text, doc } of hints) {
      assert.match(doc, /\.$/)
      const compiled = await language.value(text, { namespaces: new Map() })
      assert.ok('evaluate' in compiled, 'problem' in compiled ? compiled.problem : '')
    }
  })
  for (const example of language.examples) {
    test(`${language.label}: ${example.expression} gives ${example.result}`, async () => {
      const context = { namespaces: new Map<string, string>() }
      const isValue = example.as === 'value'
      const compiled = await (isValue
        ? language.value(example.expression, context)
        : language.condition(example.expression, context))
      assert.ok('evaluate' in compiled, 'problem' in compiled ? compiled.problem : '')
      const value = compiled.evaluate(message(example), scope)
      assert.equal(isValue ? convert(value, 'text') : value, example.result)
    })
  }
}
