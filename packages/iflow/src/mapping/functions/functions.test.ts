import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endless, isEndless, isProblem, type Queue, type Value } from '../queue.ts'
import type { FunctionWorld, Parameters } from './function.ts'
import { mappingFunctions } from './index.ts'

/** Contexts are parted by `|`, values by blanks; `''` is an empty value, `S` SUPPRESS, `F` what a filter left out. */
type Shown = string

const world: FunctionWorld = {
  now: () => Date.UTC(2025, 2, 14, 15, 9, 26, 535),
  header: name => (name === 'Currency' ? 'EUR' : ''),
  property: name => (name === 'Location' ? 'Bangalore' : ''),
  lookUp: async (...names) => (names.join('/') === 'S4/Country/FR/Concur/Currency' ? 'EUR' : undefined),
}

/** `=x` is a constant. */
function queueOf(shown: Shown): Queue {
  if (shown.startsWith('=')) return endless(shown.slice(1))
  return shown.split('|').map(context => (context.trim() === '' ? [] : context.trim().split(/ +/).map(valueShown)))
}

function valueShown(shown: string): Value {
  if (shown === 'S') return null
  if (shown === 'F') return undefined
  return shown === "''" ? '' : shown.replaceAll('_', ' ')
}

function show(queue: Queue): Shown {
  if (isEndless(queue)) return `=${shownValue(queue.at(0))}`
  return queue.map(context => context.map(shownValue).join(' ')).join('|')
}

function shownValue(value: Value): string {
  if (value === null) return 'S'
  if (value === undefined) return 'F'
  if (isProblem(value)) return `!${value.problem}`
  return value === '' ? "''" : value.replaceAll(' ', '_')
}

const cases: readonly [name: string, inputs: readonly Shown[], output: Shown, parameters?: Parameters][] = [
  // Inputs of different lengths: the last value is lent, an empty context wins.
  ['concat', ['a b c', 'x'], 'ax bx cx'],
  ['concat', ['a b|c', 'x|y z'], 'ax bx|cy cz'],
  ['concat', ['a|b', '=-'], 'a-|b-'],
  ['concat', ['a||b', 'x|y|z'], 'ax||bz'],
  ['concat', ['a|b|c', 'x'], 'ax||'],
  ['concat', ['a S b', '=x'], 'ax S bx'],
  ['concat', ['a F b', '=x'], 'ax bx'],
  ['concat', ['=a', '=b'], '=a,b', { delimeter: ',' }],
  // Texts.
  ['compare', ['apple apple b', 'apple pear a'], '0 -15 1'],
  ['compare', ['abc', 'ab'], '1'],
  ['endWith', ['order', '=er'], 'true'],
  ['indexOf2', ['banana', '=na'], '2'],
  ['indexOf3', ['banana', '=na', '=3'], '4'],
  ['lastIndexOf2', ['banana apple', '=na'], '4 -1'],
  ['lastIndexOf3', ['banana', '=na', '=3'], '2'],
  ['length', ["abc ''"], '3 0'],
  ['replaceString', ['a.b.c', '=.', '=$&'], 'a$&b$&c'],
  ['startWith2', ['order', '=or'], 'true'],
  ['startWith3', ['order', '=de', '=2'], 'true'],
  ['stringEquals', ['a b', '=a'], 'true false'],
  ['substring', ['abcdef ab'], 'cd ' + "''", { start: '2', count: '2' }],
  ['substring', ['abcdef'], 'cdef', { start: '2', count: '0' }],
  ['toLowerCase', ['ÄB'], 'äb'],
  ['toUpperCase', ['äb'], 'ÄB'],
  ['trim', ['_a_b_'], 'a_b'],
  // Numbers.
  ['abs', ['-1.50 2'], '1.5 2'],
  ['add', ['23.5 0.1', '6.5 0.2'], '30 0.3'],
  ['average', ['1 2 4.5||3'], '2.5|0|3'],
  ['ceil', ['1.2 -1.2'], '2 -1'],
  ['count', ['a b S||c'], '2|0|1'],
  ['counter', [], '=5', { start: '5', inc: '2' }],
  ['div', ['1 7', '4 2'], '0.25 3.5'],
  ['div', ['1', '=0'], '!Expected a number as the result, found none.'],
  ['equalsA', ['1.0 2', '=1'], 'true false'],
  ['floor', ['1.8'], '1'],
  ['formatNumber', ['12 123456789'], '00000012 123456789', { nformat: '00000000', separator: '.' }],
  ['formatNumber', ['1234567.855 0 -0.5'], '1.234.567,86 0,00 -0,50', { nformat: '#,##0.00', separator: ',' }],
  ['formatNumber', ['1.5 2.5 0'], '2 2 0', { nformat: '#', separator: '.' }],
  ['greater', ['10 9', '=9'], 'true false'],
  ['index', ['a b|c'], '1 2|1', { start: '1', inc: '1', type: '0' }],
  ['index', ['a b|c'], '10 20|30', { start: '10', inc: '10', type: '1' }],
  ['inv', ['4'], '0.25'],
  ['less', ['10 9', '=10'], 'false true'],
  ['max', ['10 9', '=9.5'], '10 9.5'],
  ['min', ['10 9', '=9.5'], '9.5 9'],
  ['mul', ['1.5', '=3'], '4.5'],
  ['neg', ['1.5'], '-1.5'],
  ['pow', ['2', '=10'], '1024'],
  ['round', ['1.5 1.4'], '2 1'],
  ['sign', ['-3 0 2'], '-1 0 1'],
  ['sqr', ['1.5'], '2.25'],
  ['sqrt', ['9'], '3'],
  ['sub', ['1', '=0.9'], '0.1'],
  ['sub', ['a', '=1'], '!Expected a number, found "a".'],
  ['sum', ['1 2 0.5||3 S'], '3.5|0|3'],
  // Truth values: `true` in any case and `1` are true.
  ['and', ['true TRUE 1 x', 'true 1 0 true'], 'true true false false'],
  ['equals', ['true 0', '1 false'], 'true true'],
  ['iF', ['true false', 'a b', '=z'], 'a z'],
  ['iF', ['false|true', '|b', '=z'], 'z|b'],
  ['iF', ['true', '', '=z'], ''],
  ['iFS', ['true false true', 'a b', '=z'], 'a z b'],
  ['ifSWithoutElse', ['false true', 'a b'], 'F a', { keepss: 'false' }],
  ['ifWithoutElse', ['true false true', 'a b c'], 'a F c', { keepss: 'false' }],
  ['ifWithoutElse', ['true false true', 'a b c'], 'a S c', { keepss: 'true' }],
  ['isNil', ['a S'], 'false true'],
  ['not', ['true x'], 'false true'],
  ['notEquals', ['true', '=0'], 'true'],
  ['or', ['0 0', '1 x'], 'true false'],
  // Dates.
  ['CompareDates', ['20250101 20250102', '=20250102'], '-1 0', { iform: 'yyyyMMdd', oform: 'yyyyMMdd' }],
  ['currentDate', [], '=2025-03-14T15:09:26.535Z', { oform: "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'" }],
  ['DateAfter', ['20250101', '=2024-12-31'], 'true', { iform: 'yyyyMMdd', oform: 'yyyy-MM-dd' }],
  ['DateBefore', ['20250101', '=20250102'], 'true', { iform: 'yyyyMMdd', oform: 'yyyyMMdd' }],
  ['TransformDate', ['2025-03-09'], '20250309', { iform: 'yyyy-MM-dd', oform: 'yyyyMMdd' }],
  ['TransformDate', ['2025-03-09T01:02:03.004'], '09.03.25', { iform: 'yyyy-MM-dd', oform: 'dd.MM.yy' }],
  ['TransformDate', ['250309 990309'], '2025 1999', { iform: 'yyMMdd', oform: 'yyyy' }],
  ['TransformDate', ['20250132'], '20250201', { iform: 'yyyyMMdd', oform: 'yyyyMMdd', calend: { le: 'true' } }],
  [
    'TransformDate',
    ["''"],
    '!Unparseable_date:_""_in_the_form_yyyyMMdd.'.replaceAll('_', ' '),
    { iform: 'yyyyMMdd', oform: 'yyyy' },
  ],
  ['TransformDate', ['09_Mar_2025_11:30_PM_+0200'], '21:30', { iform: 'dd MMM yyyy hh:mm a Z', oform: 'HH:mm' }],
  // Constants and conversions.
  ['const', [], '=x', { value: 'x' }],
  ['copyValue', ['a|b c'], '=c', { index: '2' }],
  ['FixValues', ['yes no'], 'Y no', { table: { yes: 'Y' }, vmstrategy: '0' }],
  ['FixValues', ['yes no'], 'Y N', { table: { yes: 'Y' }, vmstrategy: '1', vmdefault: 'N' }],
  [
    'FixValues',
    ['constructor'],
    '!Expected "constructor" in the fixed values, found no such value.',
    { table: {}, vmstrategy: '2' },
  ],
  ['getHeader', ['=Currency'], '=EUR'],
  ['getProperty', ['Location None'], "Bangalore ''"],
  [
    'valuemap',
    ['FR XX'],
    "EUR ''",
    { agency1: 'S4', schema1: 'Country', agency2: 'Concur', schema2: 'Currency', vmstrategy: '1', vmdefault: '' },
  ],
  // Contexts.
  ['collapseContexts', ['a b||c'], "a '' c"],
  ['createIf', ['true|false 1'], "''|S ''"],
  ['exists', ['a S||b'], 'true false|false|true'],
  ['formatByExample', ['A1 A2 A3|B1 B2||C1', 'W1||X1 X2|X3|Y1||Z1'], 'A1||A2 A3|B1|B2||C1'],
  ['formatByExample', ['a b', 'x|'], '=!Expected as many values in both inputs of formatByExample, found 2 and 1.'],
  ['mapWithDefault', ["a||''"], "a|x|''", { default_value: 'x' }],
  ['mapWithDefault', ['F|S'], 'x|S', { default_value: 'x' }],
  ['removeContexts', ['a b||c F'], 'a b c'],
  ['replaceValue', ['a b|S'], 'x x|S', { value: 'x' }],
  ['sort', ['b a C|2 10'], 'C a b|10 2', { comparator: { type: 'cs' }, order: { asc: 'true' } }],
  ['sort', ['b a C'], 'C b a', { comparator: { type: 'ci' }, order: { asc: 'false' } }],
  ['sort', ['10 9 1.5'], '1.5 9 10', { comparator: { type: 'num' } }],
  ['sortByKey', ['3 1 2', 'c a b'], 'a b c'],
  ['SplitByValue', ['a b||c'], 'a|b||c', { type: '0' }],
  ['SplitByValue', ['a a b b a'], 'a a|b b|a', { type: '1' }],
  ['SplitByValue', ["a b '' c"], 'a b|c', { type: '2' }],
  ['useOneAsMany', ['H1|H2', 'a b|c', 'a|b|c'], 'H1|H1|H2'],
  ['useOneAsMany', ['=H', 'a b|c', 'a b|c'], 'H H|H'],
  [
    'useOneAsMany',
    ['H1 H2', 'a', 'a'],
    '=!Expected one value in each context of the first input of useOneAsMany, found 2 in context 1.',
  ],
  ['receiver', [], "=''"],
  ['sender', [], "=''"],
]

for (const [name, inputs, output, parameters = {}] of cases) {
  test(`${name} of ${inputs.join(', ') || 'nothing'} ${JSON.stringify(parameters)}`, async () => {
    const bound = mappingFunctions.get(name)?.bind(parameters, world)
    assert.ok(typeof bound === 'function')
    assert.equal(show(await bound(...inputs.map(queueOf))), output)
  })
}

test('every standard function has a case', () => {
  const covered = new Set(cases.map(([name]) => name))
  assert.deepEqual(
    [...mappingFunctions.keys()].filter(name => !covered.has(name)),
    [],
  )
})

test('a pattern that cannot be used keeps the mapping from compiling', () => {
  const wrong: readonly [string, Parameters][] = [
    ['currentDate', { oform: 'yyyy-ww' }],
    ['TransformDate', { iform: 'GG', oform: 'yyyy' }],
    ['formatNumber', { nformat: '0.0.0' }],
  ]
  for (const [name, parameters] of wrong) {
    assert.ok('problem' in (mappingFunctions.get(name)?.bind(parameters, world) ?? {}), name)
  }
})
