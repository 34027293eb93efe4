import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ODataError } from '../error.ts'
import type { FilterExpression, FilterOperand, LiteralValue } from '../filter.ts'
import { parseFilter } from './parse-filter.ts'

/** The tree in prefix notation, so that a table can show it. */
function show(filter: FilterExpression): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.kind} ${show(filter.left)} ${show(filter.right)})`
    case 'not':
      return `(not ${show(filter.operand)})`
    case 'compare':
      return `(${filter.operator} ${operand(filter.left)} ${operand(filter.right)})`
    case 'match':
      return `(${filter.function} ${operand(filter.text)} ${operand(filter.part)})`
  }
}

function operand(value: FilterOperand): string {
  switch (value.kind) {
    case 'property':
      return value.path
    case 'literal':
      return literal(value.value)
    case 'condition':
      return show(value.condition)
    case 'call':
      return `${value.function}(${value.arguments.map(operand).join()})`
    case 'arithmetic':
      return `(${value.operator} ${operand(value.left)} ${operand(value.right)})`
  }
}

/** Integers end in `n`, other numbers have a point. */
function literal(value: LiteralValue): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString('hex')}'`
  return typeof value === 'object' && value !== null ? `time ${value.ofDayMs}` : String(value)
}

const cases: readonly (readonly [title: string, text: string, tree: string])[] = [
  ['compares a property with a text', "Id eq 'x'", "(eq Id 'x')"],
  ['reads a doubled quote as one', "Name eq 'it''s'", "(eq Name 'it's')"],
  ['reads an empty text', "Name eq ''", "(eq Name '')"],
  ['lets and bind stronger than or', 'A eq 1 or B eq 2 and C eq 3', '(or (eq A 1n) (and (eq B 2n) (eq C 3n)))'],
  ['lets parentheses win', '(A eq 1 or B eq 2) and C eq 3', '(and (or (eq A 1n) (eq B 2n)) (eq C 3n))'],
  ['applies not to the comparison after it', 'not A eq 1 and B eq 2', '(and (not (eq A 1n)) (eq B 2n))'],
  ['takes any number of parentheses', "(((((Id eq 'x')))))", "(eq Id 'x')"],
  ['takes parentheses around a value', "(Id) eq ('x')", "(eq Id 'x')"],
  ['needs no blank after a text', "Id eq 'x'and Status ne 'y'", "(and (eq Id 'x') (ne Status 'y'))"],
  ['needs no blank before a text or parenthesis', "Id eq'x'and(Status eq'y')", "(and (eq Id 'x') (eq Status 'y'))"],
  [
    'reads names that begin like operators',
    'android eq 1 or notes eq nullable',
    '(or (eq android 1n) (eq notes nullable))',
  ],
  ['follows a path into a complex type', "IntegrationArtifact/Id eq 'x'", "(eq IntegrationArtifact/Id 'x')"],
  ['compares with null', 'MessageGuid ne null', '(ne MessageGuid null)'],
  ['reads numbers', 'A eq -1.5 and B eq 7875L and C lt 3f', '(and (and (eq A -1.5) (eq B 7875n)) (lt C 3.0))'],
  ['keeps digits that a double would lose', 'A eq 9007199254740993', '(eq A 9007199254740993n)'],
  ['reads a time as UTC', "LogEnd ge datetime'2025-01-02T03:04:05'", '(ge LogEnd 2025-01-02T03:04:05.000Z)'],
  ['reads a time without seconds', "A eq datetime'2025-01-02T03:04'", '(eq A 2025-01-02T03:04:00.000Z)'],
  ['cuts a time to milliseconds', "A eq datetime'2025-01-02T03:04:05.1239999'", '(eq A 2025-01-02T03:04:05.123Z)'],
  ['accepts a zone in a time', "A eq datetime'2025-01-02T03:04:05Z'", '(eq A 2025-01-02T03:04:05.000Z)'],
  ['honours an offset', "A eq datetimeoffset'2025-01-02T03:04:05+01:30'", '(eq A 2025-01-02T01:34:05.000Z)'],
  [
    'honours an offset whose + became a blank',
    "A eq datetimeoffset'2025-01-02T03:04:05 01:00'",
    '(eq A 2025-01-02T02:04:05.000Z)',
  ],
  ['reads a GUID', "A eq guid'01234567-89ab-cdef-0123-456789abcdef'", "(eq A '01234567-89ab-cdef-0123-456789abcdef')"],
  ['takes a function alone', "startswith(Name,'x')", "(startswith Name 'x')"],
  ['folds a comparison with true', "substringof('x', Name) eq true", "(substringof Name 'x')"],
  ['folds a comparison with false', "endswith(Name,'x') eq false", "(not (endswith Name 'x'))"],
  ['folds a comparison the other way round', "true ne startswith(Name,'x')", "(not (startswith Name 'x'))"],
  ['folds a comparison of a condition', '(A eq 1 or B eq 2) eq false', '(not (or (eq A 1n) (eq B 2n)))'],
  [
    'knows case functions',
    "tolower(Name) eq 'x' and toupper(Name) ne 'Y'",
    "(and (eq tolower(Name) 'x') (ne toupper(Name) 'Y'))",
  ],
  [
    'knows case functions inside others',
    "substringof(tolower('ABC'),tolower(Name))",
    "(substringof tolower(Name) tolower('ABC'))",
  ],
  [
    'takes a Boolean property as a condition',
    'not Active or Bulk eq true',
    '(or (not (eq Active true)) (eq Bulk true))',
  ],
  [
    'reads decimals and doubles',
    'A eq 5.0 or A eq 1e3 or A eq 2m or A eq 3d',
    '(or (or (or (eq A 5.0) (eq A 1000.0)) (eq A 2.0)) (eq A 3.0))',
  ],
  ['reads bytes', "A eq X'0aFF' or A eq binary''", "(or (eq A X'0aff') (eq A X''))"],
  ['reads a part of a day', "hour(time'PT13H20M1.5S') eq 13", '(eq hour(time 48001500) 13n)'],
  [
    'lets products bind stronger than sums',
    'A add B mul 2 sub 1 gt C mod 3',
    '(gt (sub (add A (mul B 2n)) 1n) (mod C 3n))',
  ],
  ['calculates from the left', 'A sub B sub C eq D div E div F', '(eq (sub (sub A B) C) (div (div D E) F))'],
  ['lets parentheses win in calculations', '(A add B) mul -2 lt -(C)', '(lt (mul (add A B) -2n) (sub 0n C))'],
  ['compares order before equality', 'A gt 1 eq B lt 2', '(eq (gt A 1n) (lt B 2n))'],
  ['compares conditions', '(A eq 1) ne (B eq 2)', '(ne (eq A 1n) (eq B 2n))'],
  ['compares a condition with a property', "Active eq substringof('x',Name)", "(eq Active (substringof Name 'x'))"],
  [
    'knows functions of texts',
    "concat(trim(A),replace(B,'x','y')) eq substring(C,1,2)",
    "(eq concat(trim(A),replace(B,'x','y')) substring(C,1n,2n))",
  ],
  [
    'knows functions of texts that give numbers',
    "length(A) add indexof(B,'x') gt 3",
    "(gt (add length(A) indexof(B,'x')) 3n)",
  ],
  ['knows functions of times and numbers', 'year(A) mul month(B) eq round(C)', '(eq (mul year(A) month(B)) round(C))'],
  [
    'takes functions in functions',
    "startswith(toupper(trim(Name)),concat('A',B))",
    "(startswith toupper(trim(Name)) concat('A',B))",
  ],
]

for (const [title, text, tree] of cases) {
  test(`a filter ${title}`, () => assert.equal(show(parseFilter(text)), tree))
}

const mistakes: readonly (readonly [text: string, message: RegExp])[] = [
  ['Id eq', /property, a value, a function or "\(" at position 6 .*found the end/],
  ["Id eq 'x", /at position 7 /],
  ["Id = 'x'", /"and", "or" or the end at position 4 /],
  ["Id eq 'x' Status eq 'y'", /"and", "or" or the end at position 11 .*found "Status eq 'y'"/],
  ["(Id eq 'x'", /"\)" at position 11 .*found the end/],
  ['size(Id) eq 3', /one of the functions substringof, .* at position 1 .*found "size\(Id\) eq 3"/],
  ['substring(Id) eq 3', /"," at position 13/],
  ["substring(Id,1,2,3) eq ''", /"\)" at position 17/],
  ["A eq X'0'", /bytes such as X'0AFF', found X'0'/],
  ["A eq time'13:00'", /a part of a day such as time'PT13H20M', found time'13:00'/],
  ["A eq time'PT24H'", /a part of a day/],
  ['A eq 9223372036854775808L', /an Int64 such as 7875L/],
  ['A add', /at position 6 .*found the end/],
  ['A add 1', /comparison such as "eq" at position 8/],
  ['substringof(Name)', /"," at position 17/],
  ["'x'", /comparison such as "eq" at position 4/],
  ["A eq datetime'2025-02-30T00:00:00'", /a time such as datetime'2025-01-02T03:04:05', found datetime'2025-02-30/],
  ["A eq guid'1'", /a GUID such as/],
  ['A eq 1 or', /at position 10 .*found the end/],
]

for (const [text, message] of mistakes) {
  test(`the filter ${text} is refused with the place`, () => {
    assert.throws(
      () => parseFilter(text),
      (error: unknown) => {
        assert.ok(error instanceof ODataError)
        assert.deepEqual([error.code, error.status], ['malformed-filter', 400])
        assert.match(error.message, message)
        return true
      },
    )
  })
}

test('a filter has limits for its length, depth and number of conditions', () => {
  const tooBig = [
    `A eq '${'x'.repeat(8_000)}'`,
    `${'('.repeat(51)}A eq 1${')'.repeat(51)}`,
    `${'not '.repeat(51)}A eq 1`,
    Array.from({ length: 600 }, () => 'A eq 1').join(' or '),
    Array.from({ length: 600 }, () => 'A').join(' or '),
  ]
  for (const text of tooBig) assert.throws(() => parseFilter(text), /Expected at most/)
  assert.ok(parseFilter(`${'('.repeat(50)}A eq 1${')'.repeat(50)}`))
  assert.ok(parseFilter(Array.from({ length: 400 }, () => 'A eq 1').join(' or ')))
})
