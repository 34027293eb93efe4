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
      return `(${filter.function} ${filter.fold ? `${filter.fold}:` : ''}${filter.property} ${literal(filter.text)})`
  }
}

function operand(value: FilterOperand): string {
  if (value.kind === 'property') return value.path
  return value.kind === 'literal' ? literal(value.value) : `${value.function}(${operand(value.argument)})`
}

function literal(value: LiteralValue): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'bigint') return `${value}L`
  return value instanceof Date ? value.toISOString() : String(value)
}

const cases: readonly (readonly [title: string, text: string, tree: string])[] = [
  ['compares a property with a text', "Id eq 'x'", "(eq Id 'x')"],
  ['reads a doubled quote as one', "Name eq 'it''s'", "(eq Name 'it's')"],
  ['reads an empty text', "Name eq ''", "(eq Name '')"],
  ['lets and bind stronger than or', 'A eq 1 or B eq 2 and C eq 3', '(or (eq A 1) (and (eq B 2) (eq C 3)))'],
  ['lets parentheses win', '(A eq 1 or B eq 2) and C eq 3', '(and (or (eq A 1) (eq B 2)) (eq C 3))'],
  ['applies not to the comparison after it', 'not A eq 1 and B eq 2', '(and (not (eq A 1)) (eq B 2))'],
  ['takes any number of parentheses', "(((((Id eq 'x')))))", "(eq Id 'x')"],
  ['takes parentheses around a value', "(Id) eq ('x')", "(eq Id 'x')"],
  ['needs no blank after a text', "Id eq 'x'and Status ne 'y'", "(and (eq Id 'x') (ne Status 'y'))"],
  ['needs no blank before a text or parenthesis', "Id eq'x'and(Status eq'y')", "(and (eq Id 'x') (eq Status 'y'))"],
  [
    'reads names that begin like operators',
    'android eq 1 or notes eq nullable',
    '(or (eq android 1) (eq notes nullable))',
  ],
  ['follows a path into a complex type', "IntegrationArtifact/Id eq 'x'", "(eq IntegrationArtifact/Id 'x')"],
  ['compares with null', 'MessageGuid ne null', '(ne MessageGuid null)'],
  ['reads numbers', 'A eq -1.5 and B eq 7875L and C lt 3f', '(and (and (eq A -1.5) (eq B 7875L)) (lt C 3))'],
  ['keeps digits that a double would lose', 'A eq 9007199254740993', '(eq A 9007199254740993L)'],
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
  ['folds a comparison of a condition', '(A eq 1 or B eq 2) eq false', '(not (or (eq A 1) (eq B 2)))'],
  [
    'knows case functions',
    "tolower(Name) eq 'x' and toupper(Name) ne 'Y'",
    "(and (eq tolower(Name) 'x') (ne toupper(Name) 'Y'))",
  ],
  [
    'knows case functions inside others',
    "substringof(tolower('ABC'),tolower(Name))",
    "(substringof tolower:Name 'abc')",
  ],
  [
    'takes a Boolean property as a condition',
    'not Active or Bulk eq true',
    '(or (not (eq Active true)) (eq Bulk true))',
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
  ['length(Id) eq 3', /one of the functions substringof, .* at position 1 .*found "length\(Id\) eq 3"/],
  ['substringof(Name)', /"," at position 17/],
  ["substringof('a','b')", /a property and a text in substringof/],
  ["'x'", /comparison such as "eq" at position 4/],
  ["A eq datetime'2025-02-30T00:00:00'", /a time such as datetime'2025-01-02T03:04:05', found datetime'2025-02-30/],
  ["A eq guid'1'", /a GUID such as/],
  ['(A eq 1) gt true', /compared with true or false/],
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
  ]
  for (const text of tooBig) assert.throws(() => parseFilter(text), /Expected at most/)
  assert.ok(parseFilter(`${'('.repeat(50)}A eq 1${')'.repeat(50)}`))
  assert.ok(parseFilter(Array.from({ length: 400 }, () => 'A eq 1').join(' or ')))
})
