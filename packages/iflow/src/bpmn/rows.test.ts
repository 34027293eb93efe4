import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseNumberedRow, parseRows } from './rows.ts'

const readable: [string, string, { cells: string[]; byId?: Record<string, string> }[]][] = [
  ['no rows', '', []],
  ['blanks only', ' \n', []],
  ['a row without cells', '<row></row><row/>', [{ cells: [] }, { cells: [] }]],
  ['cells by position', '<row><cell>a</cell><cell>b</cell></row>', [{ cells: ['a', 'b'] }]],
  [
    'cells by id in any order, either quote, blanks between tags',
    `<row>\n <cell id='Name'>x</cell> <cell id="Action" >Create</cell>\r\n</row >`,
    [{ cells: ['x', 'Create'], byId: { Name: 'x', Action: 'Create' } }],
  ],
  [
    'empty cells',
    `<row><cell id='Datatype'/><cell id='Default'></cell><cell/></row>`,
    [{ cells: ['', '', ''], byId: { Datatype: '', Default: '' } }],
  ],
  [
    'escaped text, unescaped once',
    `<row><cell>&lt;a x=&quot;1&quot;&gt; &amp;amp; &apos;&#x41;&#13;</cell></row>`,
    [{ cells: [`<a x="1"> &amp; 'A\r`] }],
  ],
  ['blanks in a cell', '<row><cell> a\n b </cell></row>', [{ cells: [' a\n b '] }]],
  [
    'stray < and &',
    '<row><cell>a < b && <id>&unknown;</id></cell></row>',
    [{ cells: ['a < b && <id>&unknown;</id>'] }],
  ],
]

for (const [name, value, rows] of readable)
  test(`reads a table with ${name}`, () => {
    const table = parseRows(value)
    assert.equal(table.problem, undefined)
    assert.deepEqual(
      table.rows.map(row => ({ cells: row.cells, byId: Object.fromEntries(row.byId) })),
      rows.map(row => ({ byId: {}, ...row })),
    )
  })

test('keeps each row as it stands, and the ids in their order', () => {
  const [first, second] = [`<row ><cell id="B"/> <cell>'</cell></row>`, '<row/>']
  const table = parseRows(`\n${first}\n ${second}`)
  assert.deepEqual(
    table.rows.map(({ source, ids }) => ({ source, ids })),
    [
      { source: first, ids: ['B', undefined] },
      { source: second, ids: [] },
    ],
  )
})

const broken: [string, number, RegExp][] = [
  ['{{schedule}}', 0, /Expected <row>, found "\{\{schedule\}\}"/],
  ['<row><cell>a</cell></row>x', 1, /Expected <row>, found "x"/],
  ['<row><cell>a</cell></row><row><cell>b', 1, /Expected <\/cell>, found "<cell>b"/],
  ['<row><cell>a</cell>', 0, /Expected <cell> or <\/row>, found the end/],
  ['<row><row>', 0, /Expected <cell> or <\/row>, found "<row>"/],
  ['<cell>a</cell>', 0, /Expected <row>, found "<cell>a<\/cell>"/],
  ['</row>', 0, /Expected <row>, found "<\/row>"/],
]

for (const [value, rowsBefore, problem] of broken)
  test(`says what is wrong with the table ${value}`, () => {
    const table = parseRows(value)
    assert.match(table.problem ?? '', problem)
    assert.equal(table.rows.length, rowsBefore)
  })

test('reads hostile tables in linear time', () => {
  const value = '<cell '.repeat(200_000)
  assert.match(parseRows(value).problem ?? '', /Expected <row>/)
  assert.match(parseRows(`<row>${value}`).problem ?? '', /Expected <cell>/)
})

const numbered: [string, Record<string, string>][] = [
  [
    'Name:=:Content-Type:;Type:=:constant:;Datatype:=::;Value:=:text/xml; q=1:;Default:=:',
    { Name: 'Content-Type', Type: 'constant', Datatype: '', Value: 'text/xml; q=1', Default: '' },
  ],
  ['Name:=:a:;Value:=:b:;c:=d:;Default:=:e', { Name: 'a', Value: 'b:;c:=d', Default: 'e' }],
  ['', {}],
]

for (const [value, cells] of numbered)
  test(`reads the numbered entry ${JSON.stringify(value)}`, () => {
    assert.deepEqual(Object.fromEntries(parseNumberedRow(value)), cells)
  })
