import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAddresses } from './addresses.ts'

const read: readonly [text: string, ...addresses: string[]][] = [
  ['a@b.example', '|a@b.example'],
  ['a@b.example, c@d.example;e@f.example', '|a@b.example', '|c@d.example', '|e@f.example'],
  ['Ada <a@b.example>', 'Ada|a@b.example'],
  [
    '"Lovelace, Ada; \\"Countess\\"" <a@b.example>, <c@d.example>',
    'Lovelace, Ada; "Countess"|a@b.example',
    '|c@d.example',
  ],
  ['Müller <jürgen@bücher.example>', 'Müller|jürgen@bücher.example'],
  ['a@b.example\r\nBcc: c', '!Bcc: c'],
  ['Ada\r\nBcc: c@d.example <a@b.example>', 'Ada Bcc: c@d.example|a@b.example'],
  [' , ;\n'],
  [''],
  ['nobody', '!nobody'],
  ['<Receiver>', '!<Receiver>'],
  ['a@b@c', '!a@b@c'],
  ['"a b"@c.example', '!"a b"@c.example'],
  ['a@b.example c@d.example', '!a@b.example c@d.example'],
  ['Ada <a@b.example> <c@d.example>', '!Ada <a@b.example> <c@d.example>'],
  [`${'a'.repeat(260)}@b.example`, `!${'a'.repeat(100)}`],
]

for (const [text, ...addresses] of read) {
  test(`${JSON.stringify(text.slice(0, 60))} is ${addresses.join(' and ').slice(0, 80) || 'nobody'}`, () => {
    const result = readAddresses(text)
    const [first = ''] = addresses
    if (first.startsWith('!')) assert.match('problem' in result ? result.problem : '', /found/)
    else {
      const found = 'addresses' in result ? result.addresses : [{ name: 'problem', address: result.problem }]
      assert.deepEqual(
        found.map(({ name, address }) => `${name}|${address}`),
        addresses,
      )
    }
  })
}
