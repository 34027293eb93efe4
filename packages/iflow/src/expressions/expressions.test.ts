import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convert } from '../run/value.ts'
import { message, testScope } from '../testing/index.ts'
import { expressions } from './index.ts'

const scope = testScope()

for (const language of expressions) {
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
