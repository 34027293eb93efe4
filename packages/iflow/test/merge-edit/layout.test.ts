import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeEdit } from '@sluice/iflow/bpmn'
import { type Change, changed, FILE, merge, OPENED } from './sample.ts'

const addedInEditor: Change = [
  'a.groovy</value>\n        </ifl:property>',
  'a.groovy</value></ifl:property><ifl:property><key>k</key><value>v</value></ifl:property>',
]
const addedInFile: Change = [
  'a.groovy</value>\n                </i:property>',
  `a.groovy</value>
                </i:property>
                <i:property>
                    <key>k</key>
                    <value>v</value>
                </i:property>`,
]

test('keeps a file that was not edited, whatever it is', () => {
  for (const original of [FILE, FILE.replaceAll('\n', '\r\n'), `\ufeff${FILE}`, 'no XML'])
    assert.deepEqual(mergeEdit({ original, before: OPENED, after: OPENED }), { text: original })
})

test('keeps line ends and a byte order mark', () => {
  const expected = changed(FILE, [addedInFile])
  const crlf = FILE.replaceAll('\n', '\r\n')
  assert.equal(merge([addedInEditor], crlf), expected.replaceAll('\n', '\r\n'))
  assert.equal(merge([addedInEditor], `\ufeff${FILE}`), `\ufeff${expected}`)
})

test('takes no line end of the file for one of a value', () => {
  const file = FILE.replace('a.groovy', 'a\nb').replaceAll('\n', '\r\n')
  const merged = merge([['a\r\nb', 'a\r\nbc']], file, OPENED.replace('a.groovy', 'a\r\nb'))
  assert.equal(merged, file.replace('a\r\nb', 'a\nbc'))
})

test('keeps which of two properties with one key is meant, and of two elements with one id', () => {
  const twice = (text: string, property: RegExp) =>
    text.replace(property, found => found + found.replace('a.groovy', 'c.groovy'))
  const file = twice(FILE, /\s*<i:property>\s*<key>script[\s\S]*?<\/i:property>/)
  const opened = twice(OPENED, /\s*<ifl:property>\s*<key>script[\s\S]*?<\/ifl:property>/)
  assert.equal(merge([['c.groovy', 'd.groovy']], file, opened), file.replace('c.groovy', 'd.groovy'))
  assert.equal(merge([['a.groovy', 'd.groovy']], file, opened), file.replace('a.groovy', 'd.groovy'))
  const sameId = (text: string) =>
    text.replace('id="Flow_3"', 'id="Flow_2"').replace('id="Flow_2"', 'name="x" id="Flow_2"')
  const edited = merge([['name="x"', 'name="y"']], sameId(FILE), sameId(OPENED))
  assert.equal(edited, sameId(FILE).replace('name="x"', 'name="y"'))
})

test('uses the namespaces that are declared where something is added, and declares what is missing', () => {
  const bare = FILE.replace(' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', '').replaceAll(
    / xsi:type="[^"]*"/g,
    '',
  )
  const flow = '<bpmn2:sequenceFlow id="Flow_2" sourceRef="Router_1" targetRef="Call_1" />'
  const condition = '<bpmn2:conditionExpression xsi:type="bpmn2:tFormalExpression">x</bpmn2:conditionExpression>'
  const merged = merge([[flow, flow.replace(' />', `>${condition}</bpmn2:sequenceFlow>`)]], bare)
  assert.ok(
    merged.includes(
      '<b:conditionExpression xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="b:tFormalExpression">x<',
    ),
  )
  const standard = FILE.replaceAll(/(<\/?)b:/g, '$1')
    .replace('xmlns:b=', 'xmlns=')
    .replaceAll('<key', '<key xmlns=""')
    .replaceAll('<value', '<value xmlns=""')
  assert.ok(merge([addedInEditor], standard).includes('<key xmlns="">k</key>'))
})

const problems: [name: string, original: string, after: string, problem: RegExp][] = [
  ['the file cannot be read', '<a>', OPENED.replace('a.groovy', 'b'), /^The file cannot be read, line 1: /],
  ['the editor writes no XML', FILE, OPENED.replace('</key>', ''), /^The editor's text cannot be read, line \d+: /],
  [
    'the editor writes a control character',
    FILE,
    OPENED.replace('a.groovy', '\u0001'),
    /^The editor's text cannot be read/,
  ],
  [
    'the file is another document',
    '<a/>',
    OPENED.replace('a.groovy', 'b'),
    /^Expected <a> at the top, found <bpmn2:definitions>\.$/,
  ],
  [
    'an id is given twice',
    FILE,
    OPENED.replace('id="Sub_1"', 'id="Router_1"'),
    /^Expected every id once, found "Router_1" twice\.$/,
  ],
  [
    'text stands beside elements',
    FILE,
    OPENED.replace('<bpmn2:startEvent id="Start_1" name="Start">', found => `${found}text`),
    /^Expected the text beside the elements in <b:startEvent> to stay, found a change\.$/,
  ],
  [
    'an attribute needs a prefix that the file has not',
    FILE,
    OPENED.replace('name="Call"', 'xmlns:bioc="urn:bioc" bioc:stroke="red"'),
    /^Expected a prefix for the namespace urn:bioc, found none\.$/,
  ],
]

for (const [name, original, after, problem] of problems)
  test(`says why it does not save when ${name}`, () => {
    const merged = mergeEdit({ original, before: OPENED, after })
    assert.match(merged.problem ?? '', problem)
    assert.equal(merged.text, undefined)
  })
