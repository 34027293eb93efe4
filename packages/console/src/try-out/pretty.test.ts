import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pretty } from './pretty.ts'

const cases: readonly (readonly [what: string, contentType: string, body: string, expected: string])[] = [
  [
    'JSON is indented',
    'application/json',
    '{"a":[1,{"b":""}],"c":{}, "d":[]}',
    `{
  "a": [
    1,
    {
      "b": ""
    }
  ],
  "c": {},
  "d": []
}`,
  ],
  ['JSON is known by its first character', '', ' [true,null]', '[\n  true,\n  null\n]'],
  [
    'numbers stay digit by digit',
    'application/json',
    '{"n":12345678901234567890.10}',
    '{\n  "n": 12345678901234567890.10\n}',
  ],
  ['structure inside of strings is none', 'application/json', '{"a":"x,\\"{[:"}', '{\n  "a": "x,\\"{[:"\n}'],
  ['broken JSON stays as it is', 'application/json', '{"a":', '{"a":'],
  [
    'XML is indented',
    'text/xml',
    '<?xml version="1.0"?><a x="1>2"><b>t</b><c/><d></d></a>',
    `<?xml version="1.0"?>
<a x="1>2">
  <b>t</b>
  <c/>
  <d></d>
</a>`,
  ],
  [
    'character data stays beside its tags',
    'application/xml',
    '<a><b><![CDATA[<x>]]></b></a>',
    '<a>\n  <b><![CDATA[<x>]]></b>\n</a>',
  ],
  ['text among elements stays as it is', 'text/xml', '<a>one <b>two</b></a>', '<a>one <b>two</b></a>'],
  ['broken XML stays as it is', 'text/xml', '<a><b></a', '<a><b></a'],
  ['other text stays as it is', 'text/plain', 'Hello,  world!', 'Hello,  world!'],
]

for (const [what, contentType, body, expected] of cases) {
  test(what, () => assert.equal(pretty(body, contentType), expected))
}
