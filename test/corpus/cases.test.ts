import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type CorpusCase, testFileOf } from './cases.ts'

const recipes = resolve(process.env.SLUICE_CORPUS ?? '', 'Recipes/for')
const lists = (process.env.SLUICE_CORPUS_CASES ?? '').split(',').filter(Boolean)
const skip =
  process.env.SLUICE_CORPUS && existsSync(recipes) && lists.length > 0
    ? false
    : 'no SLUICE_CORPUS with the published flows, or no SLUICE_CORPUS_CASES, files with cases: see "Real flows" in CONTRIBUTING.md'
const sluice = fileURLToPath(new URL('../../packages/server/bin/sluice.js', import.meta.url))

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-cases-'))
})
after(() => rm(folder, { recursive: true }))

test('real flows give the expected results', { skip, timeout: 300_000 }, async () => {
  for (const list of lists) {
    const cases = JSON.parse(await readFile(list, 'utf8')) as readonly CorpusCase[]
    for (const one of cases) await writeFile(join(folder, `${one.id}.test.yaml`), testFileOf(one, recipes))
  }
  const { code, output } = await run(['test', folder])
  assert.equal(code, 0, output)
})

test('a case that is listed becomes a test file', () => {
  const listed: CorpusCase = {
    id: '7',
    zip: 'shop/Shop.zip ! 123_content',
    trigger: [{ adapter: 'HTTPS', address: '/shop' }],
    input: { headers: { a: '1' }, body: '<a/>' },
    expect: { body: '<b/>', status: 200, mplAttachment: { log: 'text' } },
    compare: 'xml-canonical',
  }
  assert.equal(
    testFileOf(listed, '/flows'),
    [
      'name: flow 7',
      'flow: /flows/shop/Shop.zip#123',
      'with:',
      '  - /flows/shop/Shop.zip',
      'given: {}',
      'send:',
      '  to: /shop',
      '  body:',
      '    text: <a/>',
      '  headers:',
      '    a: "1"',
      'expect:',
      '  status: COMPLETED',
      '  body:',
      '    xml: <b/>',
      '  reply:',
      '    status: 200',
      '  log:',
      '    attachments:',
      '      log: text',
      '',
    ].join('\n'),
  )
})

const listedMails: readonly (readonly [what: string, expect: object, file: readonly string[]])[] = [
  [
    'a mail and what comes back',
    { 'mail.body': 'Hi', response: 'Sent' },
    ['expect:', '  mails:', '    - body:', '        text: Hi', '  body:', '    text: Sent'],
  ],
  [
    'mails by path and type of a filter',
    { '/a/b|String': '1', '/a|Nodelist': '2 <a> elements concatenated', '/a|Node': '<a/> (as it is)' },
    [
      'expect:',
      '  mails:',
      '    anyOrder:',
      '      - subject:',
      '          contains: /a/b - String',
      '        body:',
      '          text: "1"',
      '      - subject:',
      '          contains: /a - Nodelist',
      '        body:',
      '          matches: ^(?:<a>(?:(?!<a>).)*</a>){2}$',
      '      - subject:',
      '          contains: /a - Node',
      '        body:',
      '          xml: <a/>',
    ],
  ],
]

for (const [what, expect, file] of listedMails) {
  test(`expectations about mails become those of a test file: ${what}`, () => {
    const text = testFileOf({ id: '7', zip: 'shop/Shop.zip', expect: expect as CorpusCase['expect'] }, '/flows')
    assert.equal(text, ['name: flow 7', 'flow: /flows/shop/Shop.zip', 'given: {}', 'send: {}', ...file, ''].join('\n'))
  })
}

test('an expectation in prose that nobody has read is refused', () => {
  const listed: CorpusCase = { id: '7', zip: 'shop/Shop.zip', expect: '2 mails' }
  assert.throws(() => testFileOf(listed, '/flows'), /found only prose/)
})

function run(line: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise(done => {
    execFile(process.execPath, [sluice, ...line], { maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, output: `${out}${err}` })
    })
  })
}
