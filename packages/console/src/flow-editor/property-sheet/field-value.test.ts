import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PropertyComponent } from '../../api/components.ts'
import { isShown, parametersIn, problemOf, resolve } from './field-value.ts'

const parameters = new Map(
  Object.entries({ Port: '443', Host: 'h', Empty: '' }).map(([name, value]) => [
    name,
    { name, value, type: 'xsd:string', description: '' },
  ]),
)
const field = (more: Partial<PropertyComponent>): PropertyComponent => ({
  key: 'k',
  label: 'K',
  doc: '',
  tab: 'General',
  kind: 'text',
  ...more,
})
const number = field({ kind: 'number', default: '5', min: 1, max: 500 })
const choice = field({ kind: 'choice', default: 'a', choices: [{ value: 'a', label: 'A', doc: '' }] })

const cases: [string, PropertyComponent, string | undefined, object | undefined][] = [
  ['a required text', field({ required: true }), '', { code: 'required' }],
  ['a required text of an empty parameter', field({ required: true }), '{{Empty}}', { code: 'required' }],
  ['a required property that is missing', field({ required: true }), undefined, { code: 'required' }],
  ['text', field({ required: true }), 'x', undefined],
  ['a number in its range', number, '500', undefined],
  ['a number beyond it', number, '501', { code: 'range', min: 1, max: 500 }],
  ['a number of a parameter', number, '{{Port}}', undefined],
  ['no number', number, 'many', { code: 'number' }],
  ['no number but an expression', field({ kind: 'number', expression: 'simple' }), '${header.n}', undefined],
  ['an empty number with a default', number, '', undefined],
  ['a choice', choice, 'a', undefined],
  ['no choice', choice, 'b', { code: 'choice', value: 'b' }],
  ['a switch', field({ kind: 'flag' }), 'TRUE', undefined],
  ['no switch', field({ kind: 'flag' }), 'yes', { code: 'flag' }],
  ['a table', field({ kind: 'table' }), '<row/>', undefined],
  ['a parameter that is not there', choice, 'x{{None}}', { code: 'parameter', name: 'None' }],
]

for (const [name, property, value, problem] of cases)
  test(`finds what is wrong with ${name}`, () => {
    assert.deepEqual(problemOf(property, value, parameters), problem)
  })

test('knows the parameters in a text, and their values', () => {
  assert.deepEqual(parametersIn('{{Host}}:{{Port}}/{{Host}}'), ['Host', 'Port'])
  assert.equal(resolve('https://{{Host}}:{{Port}}/{{None}}', parameters), 'https://h:443/{{None}}')
})

test('shows a field when the one that it hangs on says so, is shown itself, or cannot be known', () => {
  const kind = field({ key: 'auth', kind: 'choice', default: 'None' })
  const name = field({ key: 'name', shownWhen: { key: 'auth', values: ['Basic'] } })
  const more = field({ key: 'more', shownWhen: { key: 'name', values: ['x'] } })
  const all = [kind, name, more]
  const shown = (values: Record<string, string>) =>
    all.filter(property => isShown(property, all, new Map(Object.entries(values)), parameters)).map(({ key }) => key)
  assert.deepEqual(shown({}), ['auth'])
  assert.deepEqual(shown({ auth: 'None', name: 'x' }), ['auth'])
  assert.deepEqual(shown({ auth: 'Basic', name: 'x' }), ['auth', 'name', 'more'])
  assert.deepEqual(shown({ auth: '{{Host}}' }), ['auth'])
  assert.deepEqual(shown({ auth: '{{Unknown}}' }), ['auth', 'name'])
})
