import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../../run/failure.ts'
import { message, testScope } from '../../testing/index.ts'
import { compileTemplate } from './template.ts'

const scope = testScope()
const exchange = () =>
  message({
    body: 'body',
    headers: { a: ' x ', n: 7, 'set-cookie': ['one', 'two'], CamelHttpQuery: 'from=20250101' },
    properties: {
      'p.q': 1,
      'odd $name': 2,
      map: new Map([['k', 'v']]),
      inner: 'q',
      CamelExceptionCaught: new Failure('No answer.', { code: 'receiver', stepId: 'Ask' }),
    },
  })

const values: readonly [template: string, value: unknown][] = [
  ['plain', 'plain'],
  ['', ''],
  ['${header.n}', 7],
  ['n=${header.n}', 'n=7'],
  ['${header.missing}', null],
  ['[${header.missing}]', '[]'],
  ['${null}', null],
  ['${body}${in.body}${bodyAs(String)}${mandatoryBodyAs(java.lang.String)}', null],
  ['${body} $ {x} } \\} \\t.', 'body $ {x} } } \t.'],
  ['${in.header.a.trim()}', 'x'],
  ['${headers.set-cookie[1]}', 'two'],
  ['${header[a]}', ' x '],
  ['${property.p.q}', 1],
  ['${exchangeProperty.odd $name}', 2],
  ['${property.p.${property.inner}}', 1],
  ['${property.map.keySet()}', ['k']],
  ['${property.map.size()}', 1],
  ['${property.map[k]}', 'v'],
  ['${header.CamelHttpQuery.substring(5,9)}', '2025'],
  ["${header.CamelHttpQuery.split('=')[1]}", '20250101'],
  ["${body.replace('b', 'B')}", 'Body'],
  ['${header.missing.trim().length()}', null],
  ['${exception.message}', 'No answer.'],
  ['${exception.getMessage()}', 'No answer.'],
  ['${exception.stacktrace}', 'No answer.\n\tat step Ask (receiver)'],
  ['${camelId} ${exchangeId}', 'flow message-1'],
]

for (const [template, value] of values) {
  test(`${JSON.stringify(template)} gives ${JSON.stringify(value)}`, () => {
    const compiled = compileTemplate(template)
    if (template.includes('java.lang')) return assert.ok('problem' in compiled)
    assert.ok('evaluate' in compiled, 'problem' in compiled ? compiled.problem : '')
    assert.deepEqual(compiled.evaluate(exchange(), scope), value)
  })
}

test('positions outside of a text are a failure', () => {
  const compiled = compileTemplate('${body.substring(2,9)}')
  assert.ok('evaluate' in compiled)
  assert.throws(() => compiled.evaluate(exchange(), scope), { code: 'expression' })
})

const mistakes = [
  '${',
  'a ${header.x',
  '${}',
  '${header.}',
  '${header.a.explode()}',
  '${body.text}',
  '${bodyAs(Integer)}',
  '${date:tomorrow:yyyy}',
  '${date:now:bb}',
  "${date:now:yyyy'T}",
  '${date-with-timezone:now:Mars/Base:HH}',
  '${bean:x}',
  '${random(10)}',
  '${sys.user.home}',
  '${a${property.b}}',
]

for (const mistake of mistakes) {
  test(`${mistake} cannot be compiled`, () => {
    const compiled = compileTemplate(mistake)
    assert.match('problem' in compiled ? compiled.problem : '', /^Expected .*found/s)
  })
}
